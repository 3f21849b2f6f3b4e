#include "core/data/phantom.h"
