#include "app/jobs/sentence.h"

#include <new>

#include "core/base/error.h"

namespace modascope {

std::string sentenceOf(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Error& error) {
    return error.what();
  } catch (const std::bad_alloc&) {
    return "There is not enough memory for this; try a smaller crop, batch or width.";
  } catch (const std::exception& error) {
    return std::string("Something went wrong: ") + error.what();
  } catch (...) {
    return "Something went wrong that has no words.";
  }
}

QString sentenceOfCurrent() {
  return QString::fromStdString(sentenceOf(std::current_exception()));
}

}  // namespace modascope
