#include "core/tensorfile/tensorfile.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <bit>
#include <fstream>
#include <random>

#include "core/files/atomic_file.h"
#include "core/tensorfile/metadata.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

std::vector<std::byte> bytesOf(std::initializer_list<int> values) {
  std::vector<std::byte> bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

TensorFile small() {
  TensorFile content;
  content.tensors = {{"weight", TensorType::F32, {1, 2}, bytesOf({0, 0, 128, 63, 0, 0, 0, 64})},
                     {"empty", TensorType::I64, {0, 3}, {}},
                     {"flag", TensorType::Bool, {}, bytesOf({1})},
                     {"half", TensorType::BF16, {1}, bytesOf({128, 63})}};
  content.metadata = {{"format", "pt"}, {"step", "600"}};
  return content;
}

std::string fileText(const std::string& header, const std::string& data) {
  const auto size = std::bit_cast<std::array<char, 8>>(std::uint64_t{header.size()});
  return std::string(size.begin(), size.end()) + header + data;
}

bool same(const TensorFile& a, const TensorFile& b) {
  const auto equal = [](const TensorEntry& one, const TensorEntry& two) {
    return one.name == two.name && one.type == two.type && one.shape == two.shape &&
           one.bytes == two.bytes;
  };
  return a.metadata == b.metadata &&
         std::equal(a.tensors.begin(), a.tensors.end(), b.tensors.begin(), b.tensors.end(), equal);
}

}  // namespace

class TensorFileTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  std::filesystem::path file() const { return temporary_.filePath("a.safetensors").toStdString(); }

  std::string refusal(const std::string& header, const std::string& data) const {
    return refusalOf(fileText(header, data));
  }
  std::string refusalOf(const std::string& content) const {
    std::ofstream(file(), std::ios::binary) << content;  // thousands of them: no fsync
    return sentenceOf([this] { readTensorFile(file()); });
  }

 private Q_SLOTS:
  void whatIsWrittenReadsBack() {
    writeTensorFile(file(), small());
    QVERIFY(same(readTensorFile(file()), small()));
    writeTensorFile(file(), {});
    QVERIFY(same(readTensorFile(file()), {}));
  }

  void theFormatIsThatOfSafetensors() {  // written by hand after its specification
    const std::string header =
        R"({"__metadata__":{"a":"b"},"y":{"dtype":"F32","shape":[1],"data_offsets":[2,6]},)"
        R"("x":{"dtype":"U8","shape":[2,1],"data_offsets":[0,2]}}  )";
    writeAtomically(file(), fileText(header, std::string("\x05\x06\x00\x00\x80\x3f", 6)));
    const TensorFile content = readTensorFile(file());
    QCOMPARE(content.metadata.at("a"), std::string("b"));
    QCOMPARE(content.tensors.front().name, std::string("x"));
    QVERIFY(content.at("x").shape == (std::vector<std::int64_t>{2, 1}));
    QVERIFY(content.at("x").bytes == bytesOf({5, 6}));
    QVERIFY(content.at("y").type == TensorType::F32);
    QVERIFY(content.at("y").bytes == bytesOf({0, 0, 128, 63}));  // 1.0f
  }

  void theDataBeginAtAMultipleOfEight() {
    writeTensorFile(file(), small());
    const std::string text = readText(file());
    std::array<char, 8> size{};
    std::copy_n(text.begin(), 8, size.begin());
    QCOMPARE(std::bit_cast<std::uint64_t>(size) % 8, std::uint64_t{0});
  }

  void everyTruncationAndEveryLongerFileIsRefused() {
    writeTensorFile(file(), small());
    const std::string whole = readText(file());
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const std::string sentence = refusalOf(whole.substr(0, length));
      QVERIFY2(contains(sentence, "a.safetensors"), std::to_string(length).c_str());
    }
    QVERIFY(contains(refusalOf(whole + "x"), "1 bytes follow"));
    QVERIFY(refusalOf(whole).empty());
  }

  void noChangeOfAByteOfTheHeaderCrashes() {  // some remain valid, such as a letter of a name
    writeTensorFile(file(), small());
    const std::string whole = readText(file());
    int refused = 0;
    for (std::size_t place = 0; place < whole.size() - 11; ++place) {
      for (const char byte : {'\xff', '9'}) {
        std::string changed = whole;
        changed[place] = byte;
        refused += refusalOf(changed).empty() ? 0 : 1;
      }
    }
    QVERIFY(refused > 200);
  }

  void whateverIsDoneToAHeaderItIsReadWholeOrRefusedByName() {
    writeTensorFile(file(), small());
    const std::string whole = readText(file());
    const std::string_view marks = "0123456789-.eE[]{}\",: \x80\xff";
    std::mt19937_64 rng(11);
    int accepted = 0;
    for (int round = 0; round < 1000; ++round) {
      std::string changed = whole;
      for (std::uint64_t n = 1 + rng() % 4; n > 0; --n) {
        const std::size_t place = rng() % (changed.size() - 11);
        if (rng() % 3 == 0)
          changed.erase(place, 1 + rng() % 9);
        else if (rng() % 2 == 0)
          changed.insert(place, 1, marks[rng() % marks.size()]);
        else
          changed[place] = marks[rng() % marks.size()];
      }
      const std::string sentence = refusalOf(changed);
      if (!sentence.empty()) {
        QVERIFY2(contains(sentence, "a.safetensors"), sentence.c_str());
        continue;
      }
      ++accepted;
      for (const TensorEntry& tensor : readTensorFile(file()).tensors) {
        std::size_t bytes = byteSize(tensor.type);
        for (const std::int64_t size : tensor.shape) bytes *= static_cast<std::size_t>(size);
        QCOMPARE(tensor.bytes.size(), bytes);
      }
    }
    QVERIFY2(accepted < 100, std::to_string(accepted).c_str());
  }

  void aHeaderLengthThatPointsAnywhereIsRefused() {
    writeTensorFile(file(), small());
    const std::string whole = readText(file());
    std::array<char, 8> size{};
    std::copy_n(whole.begin(), 8, size.begin());
    const auto right = std::bit_cast<std::uint64_t>(size);
    for (const std::uint64_t length :
         {std::uint64_t{0}, std::uint64_t{1}, right - 1, right + 1, right + 11, right + 12,
          std::uint64_t{99'999'999}, std::uint64_t{1} << 63, ~std::uint64_t{0},
          ~std::uint64_t{7}}) {
      std::string changed = whole;
      const auto bytes = std::bit_cast<std::array<char, 8>>(length);
      std::copy(bytes.begin(), bytes.end(), changed.begin());
      QVERIFY2(!refusalOf(changed).empty(), std::to_string(length).c_str());
    }
  }

  void wrongHeaders_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const char* header, const char* reason) {
      QTest::newRow(name) << QByteArray(header) << QByteArray(reason);
    };
    row("no JSON", "{", "is no JSON");
    row("no table", "[]", "is no table");
    row("deep", "[[[[[[[[[[]]]]]]]]]]", "its header is nested deeper than 4 levels");
    row("a gap", R"({"x":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}})", "not at 0");
    row("an overlap",
        R"({"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},)"
        R"("y":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}})",
        "not at 3");
    row("beyond the end", R"({"x":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}})", "outside");
    row("backwards", R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[4,3]}})", "outside");
    row("another size", R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})",
        "do not fit its shape");
    row("an overflow",
        R"({"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}})",
        "do not fit its shape");
    row("a size beyond int64",
        R"({"x":{"dtype":"U8","shape":[18446744073709551615],"data_offsets":[0,4]}})", "the size");
    row("a negative size", R"({"x":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}})", "the size");
    row("a fraction", R"({"x":{"dtype":"U8","shape":[4.0],"data_offsets":[0,4]}})", "the size");
    row("three offsets", R"({"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4,4]}})", "offsets");
    row("an unknown type", R"({"x":{"dtype":"F8","shape":[4],"data_offsets":[0,4]}})", "\"F8\"");
    row("a field too many", R"({"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"z":0}})",
        "exactly");
    row("no shape", R"({"x":{"dtype":"U8","data_offsets":[0,4]}})", "exactly");
    row("one name twice",
        R"({"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
        R"("x":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}})",
        "\"x\" twice");
    row("a name that is no UTF-8",
        "{\"\xff\xfe\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", "is no JSON");
    row("a size that is no number", R"({"x":{"dtype":"U8","shape":[NaN],"data_offsets":[0,4]}})",
        "is no JSON");
    row("a size in words", R"({"x":{"dtype":"U8","shape":["4"],"data_offsets":[0,4]}})",
        "the size");
    row("a size beyond all numbers", R"({"x":{"dtype":"U8","shape":[1e999],"data_offsets":[0,4]}})",
        "is no JSON");
    row("an offset beyond int64",
        R"({"x":{"dtype":"U8","shape":[4],"data_offsets":[0,18446744073709551616]}})", "offsets");
    row("nothing", "", "is no JSON");
    row("more after the table", R"({"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}{})",
        "is no JSON");
    row("fewer tensors than data", R"({"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}})",
        "1 bytes follow");
    row("a tensor that is a list", R"({"x":[4]})", "exactly");
    row("metadata of numbers",
        R"({"__metadata__":{"a":1},"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})",
        "are no text");
  }

  void wrongHeaders() {
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, reason);
    const std::string sentence = refusal(header.toStdString(), "abcd");
    QVERIFY2(contains(sentence, reason.toStdString()), sentence.c_str());
  }

  void aHugeHeaderIsRefusedBeforeItIsRead() {
    std::string text(16, ' ');
    const auto size = std::bit_cast<std::array<char, 8>>(std::uint64_t{1} << 62);
    std::copy(size.begin(), size.end(), text.begin());
    QVERIFY(contains(refusalOf(text), "100 MB"));
  }

  void aMissingTensorAndAMissingFileAreNamed() {
    QVERIFY(contains(sentenceOf([] { small().at("bias"); }), "\"bias\""));
    QVERIFY(
        contains(sentenceOf([this] { readTensorFile(file().string() + "x"); }), "does not exist"));
    QVERIFY(!sentenceOf([this] { readTensorFile(file().parent_path()); }).empty());
  }

  /// Seeking each among all others, six times as many would take thirty-six times as long.
  void thirtyThousandTensorsTakeNoLongerThanTheirBytes() {
    TensorFile back;
    const auto thereAndBack = [&](int count) {
      TensorFile many;
      for (int i = 0; i < count; ++i)
        many.tensors.push_back({"block." + std::to_string(i), TensorType::U8, {1}, {std::byte{7}}});
      QElapsedTimer timer;
      timer.start();
      writeTensorFile(file(), many);
      back = readTensorFile(file());
      return std::max<qint64>(timer.elapsed(), 10);
    };
    const qint64 few = thereAndBack(5'000);
    QVERIFY(thereAndBack(30'000) < 18 * few);
    QCOMPARE(back.tensors.size(), std::size_t{30'000});
    QCOMPARE(back.tensors[29'999].name, std::string("block.29999"));
    QCOMPARE(back.tensors[29'999].bytes[0], std::byte{7});
  }

  void whatIsNoSafetensorsFileIsCalledByItsName() {
    writeAtomically(file(), "version https://git-lfs.github.com/spec/v1\noid sha256:ab\n");
    QCOMPARE(sentenceOf([this] { readTensorFile(file()); }),
             inQuotes(file()) +
                 " is a Git LFS pointer, not the file itself; run git lfs pull in the folder that "
                 "it came in.");
    writeAtomically(file(), "");
    QCOMPARE(sentenceOf([this] { readTensorFile(file()); }),
             inQuotes(file()) + " is empty; copy or download it again.");
  }

  void aFileLargerThanTheMemoryIsNotTaken() {  // sparse: 8 bytes, a header, and then nothing
    const std::string header =
        R"({"x":{"dtype":"U8","shape":[8000000000000],"data_offsets":[0,8000000000000]}})";
    const auto size = std::bit_cast<std::array<char, 8>>(std::uint64_t{header.size()});
    writeAtomically(file(), std::string(size.begin(), size.end()) + header);
    std::filesystem::resize_file(file(), 8 + header.size() + 8'000'000'000'000);
    const auto error = thrownBy([this] { readTensorFile(file()); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY2(contains(error->what(), "would need 8.0 TB to read"), error->what());
  }

  void theChecksumIsOverEverythingButItself() {
    TensorFile content = small();
    const std::string whole = checksumOf(content);
    content.metadata[kChecksumKey] = whole;
    QCOMPARE(checksumOf(content), whole);
    for (const auto& change : std::vector<void (*)(TensorFile&)>{
             [](TensorFile& f) { f.tensors[0].bytes[3] = std::byte{64}; },
             [](TensorFile& f) { f.tensors[1].name = "other"; },
             [](TensorFile& f) { f.metadata["step"] = "601"; }}) {
      TensorFile changed = content;
      change(changed);
      QVERIFY(checksumOf(changed) != whole);
    }
  }

  void numbersOfTheMetadataComeBackOrAreMissedByName() {
    TensorFile content = small();
    for (const double value : {0.1 + 0.2, -1e-300, 600.0}) {
      content.metadata["rate"] = textOf(value);
      QCOMPARE(realAt(content, "rate"), value);
    }
    QCOMPARE(integerAt(content, "step"), 600);
    QCOMPARE(sentenceOf([&] { integerAt(content, "rank"); }), std::string("it lacks rank"));
    QCOMPARE(sentenceOf([&] { integerAt(content, "format"); }), std::string("format is no number"));
    content.metadata["step"] = "600 ";
    QVERIFY(!sentenceOf([&] { integerAt(content, "step"); }).empty());
  }

  void whatDoesNotFitItsShapeIsNotWritten() {
    TensorFile wrong = small();
    wrong.tensors[0].shape = {3};
    QVERIFY(contains(sentenceOf([&] { writeTensorFile(file(), wrong); }), "\"weight\""));
    wrong = small();
    wrong.tensors[1].name = "weight";
    QVERIFY(contains(sentenceOf([&] { writeTensorFile(file(), wrong); }), "twice"));
  }
};

APPLESS_TEST(TensorFileTest)
#include "tensorfile_test.moc"
