/* I know how a camera was held, by what it wrote into its picture. */
#pragma once
#include "base/str.h"

/* orientation_of(jpeg): 1 to 8, as Exif's tag 0x0112 numbers them (CIPA DC-008, 4.6.4): 1 is
 * upright, 3 upside down, 6 and 8 lie on a side, the others are mirrored. 1 where nothing is
 * said, or nothing that can be read. Any bytes will do. */
unsigned orientation_of(struct str jpeg);
