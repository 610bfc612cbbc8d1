/* I give handlers the files of a case: to be kept, and pictures that were made anew to be looked
 * at. The templates list them. */
#pragma once
#include "protect/keep.h"
#include "protect/report_file.h"
