// modascope-hdf5: reads one HDF5 file for the program that starts it, and alone knows the HDF5
// library. It answers until the socket closes; see hdf5_wire.h for what is said there.
#include <algorithm>
#include <cstdlib>
#include <new>
#include <stdexcept>

#include "core/base/error.h"
#include "core/hdf5/hdf5_data_set.h"
#include "core/hdf5/hdf5_links.h"
#include "core/hdf5/hdf5_opening.h"
#include "core/hdf5/hdf5_wire.h"
#include "core/system/helper_process.h"
#include "core/system/process_limits.h"

namespace {

using namespace modascope;
using namespace modascope::hdf5;

void answer(std::string_view bytes, Answer kind = Answer::Good) {
  const FrameHead head{kind, static_cast<std::uint32_t>(bytes.size())};
  sendAsHelper(&head, sizeof head);
  sendAsHelper(bytes.data(), bytes.size());
}

template <typename Number>
void answerNumbers(std::span<const Number> values) {
  constexpr std::size_t kMost = kLongestFrame / sizeof(Number);
  for (; !values.empty(); values = values.subspan(std::min(kMost, values.size()))) {
    const auto now = values.first(std::min(kMost, values.size()));
    answer({reinterpret_cast<const char*>(now.data()), now.size_bytes()});
  }
}

void answerTexts(std::span<const std::string> texts) {
  Packer frame;
  for (const std::string& text : texts) {
    if (text.size() > kLongestFrame / 4) throw Error("A text of the file is too long to be read.");
    frame.putText(text);
    if (frame.bytes().size() < kLongestFrame / 2) continue;
    answer(frame.bytes());
    frame = {};
  }
  if (!frame.bytes().empty()) answer(frame.bytes());
}

void answerCount(std::uint64_t count) {
  answer(Packer().put(count).bytes());
}

void answerLook(const OpenFile& file, const std::string& path) {
  const Found found = lookAt(file, path);
  Packer facts = Packer().put(found);
  if (found != Found::DataSet) return answer(facts.bytes());
  const Hdf5DataSet set = OpenDataSet(file, path).about();
  facts.put(set.kind).put(static_cast<std::uint8_t>(set.rank()));
  for (const std::uint64_t size : set.shape) facts.put(size);
  answer(facts.putText(set.type).putText(set.fault).bytes());
}

void answerAttribute(const OpenFile& file, const std::string& name) {
  const bool there = H5Aexists_by_name(file.handle, "/", name.c_str(), H5P_DEFAULT) > 0;
  if (!there) return answer(Packer().put(std::uint8_t{0}).bytes());
  const Handle opened(H5Aopen_by_name(file.handle, "/", name.c_str(), H5P_DEFAULT, H5P_DEFAULT),
                      H5Aclose);
  const Handle type(H5Aget_type(opened), H5Tclose);
  const Handle space(H5Aget_space(opened), H5Sclose);
  const std::string where = at(file.path, "the attribute " + inQuotes(name));
  const Hdf5DataSet about{kindOf(type), shapeOf(space), {}, {}};
  if (about.kind != Hdf5Kind::Text)
    throw Error(where + " holds " + wordsFor(about) + "; text is expected.");
  const auto read = [&](hid_t memoryType, void* into) {
    if (H5Aread(opened, memoryType, into) >= 0) return;
    throw Error(where + " cannot be read (" + libraryReason() + ").");
  };
  const std::vector<std::string> words = stringsOf(type, space, about.count(), read);
  answer(Packer().put(std::uint8_t{1}).bytes());
  answerCount(words.size());
  answerTexts(words);
}

/// The data set's own place on the way: no link may lead out of the file.
OpenDataSet dataSetAt(const OpenFile& file, const std::string& path) {
  switch (lookAt(file, path)) {
    case Found::DataSet:
      return OpenDataSet(file, path);
    case Found::Nothing:
      throw Error(inQuotes(file.path) + " has no data set " + path + ".");
    case Found::Group:
      throw Error(at(file.path, path) + " is a group; a data set is expected.");
    case Found::OtherThing:
      break;
  }
  throw Error(at(file.path, path) + " is a named type; a data set is expected.");
}

void answerValues(const OpenFile& file, Ask ask, const std::string& path) {
  const OpenDataSet set = dataSetAt(file, path);
  if (ask == Ask::Floats) {
    set.requireNumbers();
    answerCount(set.about().count());
    set.floats(answerNumbers<float>);
  } else if (ask == Ask::Integers) {
    set.requireIntegers();
    answerCount(set.about().count());
    set.integers(answerNumbers<std::int64_t>);
  } else {
    set.requireTexts();
    answerCount(set.about().count());
    set.texts(answerTexts);
  }
}

OpenFile open(const std::string& path, Unpacker& more) {
  if (more.takeText() != MODASCOPE_VERSION)
    throw Error("modascope-hdf5 is of another version than the program; start that again.",
                Fault::System);
  const auto memory = more.take<std::uint64_t>();
  const OpenFile file = openFile(path);
  confine(memory);
  answer({});
  return file;
}

void respond(OpenFile& file, Unpacker request) {
  const auto ask = request.take<Ask>();
  const std::string path = request.takeText();
  expectProgress();
  switch (ask) {
    case Ask::Open:
      file = open(path, request);
      return;
    case Ask::Members: {
      const std::vector<std::string> names = membersOf(file, path);
      answerCount(names.size());
      return answerTexts(names);
    }
    case Ask::Look:
      return answerLook(file, path);
    case Ask::Attribute:
      return answerAttribute(file, path);
    default:
      return answerValues(file, ask, path);
  }
}

void answerNoMemory(const OpenFile& file) {
  answer(inQuotes(file.path) + " claims more values than memory can take; it may be damaged.",
         Answer::Failed);
}

}  // namespace

int main(int count, char** words) {
  if (count != 2 || !bindToParent(std::atoi(words[1]))) return EXIT_FAILURE;
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // it would print
  OpenFile file;
  for (FrameHead head; receiveAsHelper(&head, sizeof head);) {
    std::string request(head.length, '\0');
    if (!receiveAsHelper(request.data(), request.size())) break;
    try {
      respond(file, Unpacker(request));
    } catch (const Error& error) {
      answer(error.what(), error.fault() == Fault::Request ? Answer::Refused : Answer::Failed);
    } catch (const std::bad_alloc&) {
      answerNoMemory(file);
    } catch (const std::length_error&) {
      answerNoMemory(file);
    }
  }
  std::_Exit(EXIT_SUCCESS);  // a damaged file's remains are not tidied up
}
