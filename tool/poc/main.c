#include "tool/poc/poc.h"

static const char help[] =
	"poc: the messages of Baraza, in six languages\n"
	"\n"
	"  poc compile [--depfile FILE] OUTDIR po     messages.h, messages.c, messages.keys\n"
	"  poc check [--release] [--used DIR] po      the twelve checks; status 1 on an error\n"
	"  poc add [--po DIR] ROOM < block            insert or replace messages\n"
	"\n"
	"A block for `poc add` names a message once in all six languages. Blocks are parted by\n"
	"blank lines; nothing is written unless every block is whole and passes the checks.\n"
	"\n"
	"  key: vote.button.agree\n"
	"  ctxt: button\n"
	"  note: On the vote page; max 24\n"
	"  en: Agree\n"
	"  ar: \xd8\xa3\xd9\x88\xd8\xa7\xd9\x81\xd9\x82\n"
	"  zh: \xe5\x90\x8c\xe6\x84\x8f\n"
	"  fr: D\xe2\x80\x99"
	"accord\n"
	"  ru: \xd0\x9f\xd0\xbe\xd0\xb4\xd0\xb4\xd0\xb5\xd1\x80\xd0\xb6\xd0\xb8\xd0\xb2\xd0\xb0"
	"\xd1\x8e\n"
	"  es: De acuerdo\n"
	"\n"
	"A plural has one line a category instead, and holds {count} (Arabic zero, one and two\n"
	"may leave it out): en.one en.other, ar.zero ar.one ar.two ar.few ar.many ar.other,\n"
	"zh.other, fr.one fr.many fr.other, ru.one ru.few ru.many, es.one es.many es.other.\n"
	"Placeholders: {name}; links: {link}...{/link}. No HTML. ctxt is what it is: button,\n"
	"link, title, label, hint, error, text, mail, alt, state:NOUN.\n";

int main(int argc, char **argv)
{
	struct str what = str_c(argc > 1 ? argv[1] : "");
	int status = 2;
	if (str_is(what, "--help") || str_is(what, "-h") || str_is(what, "help")) {
		fputs(help, stdout);
		return 0;
	}
	if (str_is(what, "compile"))
		status = poc_compile(argc - 1, argv + 1);
	else if (str_is(what, "check"))
		status = poc_check(argc - 1, argv + 1);
	else if (str_is(what, "add"))
		status = poc_add(argc - 1, argv + 1);
	if (status == 2)
		fputs(help, stderr);
	return status;
}
