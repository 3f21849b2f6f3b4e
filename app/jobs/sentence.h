#pragma once

#include <exception>
#include <string>

namespace modascope {

/// What a user should read about an exception that ended a job.
std::string sentenceOf(const std::exception_ptr& thrown);

}  // namespace modascope
