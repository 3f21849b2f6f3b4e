#pragma once

#include <QString>
#include <exception>
#include <string>

namespace modascope {

/// What a user should read about an exception that ended a job.
std::string sentenceOf(const std::exception_ptr& thrown);
/// The same of the exception that is being handled; only in a catch.
QString sentenceOfCurrent();

}  // namespace modascope
