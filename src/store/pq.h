/*
 * I fetch libpq when a house uses PostgreSQL. Linked in, it and the twenty libraries behind it
 * (TLS twice, LDAP, Kerberos) cost every house on SQLite 4 MB of memory.
 *
 * The calls keep their names: a macro sends each to the table that pq_load fills.
 */
#pragma once
#include "base/err.h"
#include <libpq-fe.h>

#define PQ_CALLS(X) \
	X(PQclear) \
	X(PQcmdStatus) \
	X(PQcmdTuples) \
	X(PQconnectdb) \
	X(PQconnectdbParams) \
	X(PQconninfoFree) \
	X(PQconninfoParse) \
	X(PQdb) \
	X(PQenterPipelineMode) \
	X(PQerrorMessage) \
	X(PQexec) \
	X(PQexitPipelineMode) \
	X(PQfinish) \
	X(PQftype) \
	X(PQflush) \
	X(PQgetResult) \
	X(PQgetisnull) \
	X(PQgetlength) \
	X(PQgetvalue) \
	X(PQntuples) \
	X(PQpipelineSync) \
	X(PQreset) \
	X(PQresultErrorField) \
	X(PQresultMemorySize) \
	X(PQresultStatus) \
	X(PQsendPrepare) \
	X(PQsendQueryPrepared) \
	X(PQsetNoticeReceiver) \
	X(PQstatus) \
	X(PQtransactionStatus)

struct pq_calls {
#define PQ_MEMBER(name) __typeof__(&name) name##_;
	PQ_CALLS(PQ_MEMBER)
#undef PQ_MEMBER
};
extern struct pq_calls pq_calls;

/* pq_load(): Once, before any call; again does nothing. ERR_MISSING: libpq is not installed. */
int pq_load(void) must_use;

#define PQclear pq_calls.PQclear_
#define PQcmdStatus pq_calls.PQcmdStatus_
#define PQcmdTuples pq_calls.PQcmdTuples_
#define PQconnectdb pq_calls.PQconnectdb_
#define PQconnectdbParams pq_calls.PQconnectdbParams_
#define PQconninfoFree pq_calls.PQconninfoFree_
#define PQconninfoParse pq_calls.PQconninfoParse_
#define PQdb pq_calls.PQdb_
#define PQenterPipelineMode pq_calls.PQenterPipelineMode_
#define PQerrorMessage pq_calls.PQerrorMessage_
#define PQexec pq_calls.PQexec_
#define PQexitPipelineMode pq_calls.PQexitPipelineMode_
#define PQfinish pq_calls.PQfinish_
#define PQftype pq_calls.PQftype_
#define PQflush pq_calls.PQflush_
#define PQgetResult pq_calls.PQgetResult_
#define PQgetisnull pq_calls.PQgetisnull_
#define PQgetlength pq_calls.PQgetlength_
#define PQgetvalue pq_calls.PQgetvalue_
#define PQntuples pq_calls.PQntuples_
#define PQpipelineSync pq_calls.PQpipelineSync_
#define PQreset pq_calls.PQreset_
#define PQresultErrorField pq_calls.PQresultErrorField_
#define PQresultMemorySize pq_calls.PQresultMemorySize_
#define PQresultStatus pq_calls.PQresultStatus_
#define PQsendPrepare pq_calls.PQsendPrepare_
#define PQsendQueryPrepared pq_calls.PQsendQueryPrepared_
#define PQsetNoticeReceiver pq_calls.PQsetNoticeReceiver_
#define PQstatus pq_calls.PQstatus_
#define PQtransactionStatus pq_calls.PQtransactionStatus_
