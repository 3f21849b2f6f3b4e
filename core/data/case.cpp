#include "core/data/case.h"
