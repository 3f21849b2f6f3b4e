#include "core/base/seed.h"

#include <QTest>
#include <cmath>
#include <set>

#include "core/base/fingerprint.h"
#include "tests/test_program.h"

using namespace modascope;

class SeedTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aStreamRepeats() {
    auto one = Seed{7}.stream("crops", 3);
    auto two = Seed{7}.stream("crops", 3);
    for (int i = 0; i < 100; ++i) QCOMPARE(one(), two());
  }

  void seedsPurposesAndIndicesAllMakeStreamsOfTheirOwn() {
    std::set<std::uint64_t> firsts;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      for (const char* purpose : {"crops", "flips", ""}) {
        for (std::uint64_t index = 0; index < 20; ++index) {
          firsts.insert(Seed{seed}.stream(purpose, index)());
        }
      }
    }
    QCOMPARE(firsts.size(), std::size_t{20 * 3 * 20});
  }

  void uniformFillsTheIntervalEvenly() {  // standard error of the mean: 0.289 / sqrt(20000) = 0.002
    auto rng = Seed{1}.stream("uniform");
    double sum = 0;
    double least = 1;
    double most = 0;
    for (int i = 0; i < 20'000; ++i) {
      const double u = uniform(rng);
      sum += u;
      least = std::min(least, u);
      most = std::max(most, u);
    }
    QVERIFY(std::abs(sum / 20'000 - 0.5) < 0.01);
    QVERIFY(least >= 0 && least < 0.001);
    QVERIFY(most < 1 && most > 0.999);
  }

  void belowGivesEachNumberItsShare() {  // 3000 each, standard deviation 52
    auto rng = Seed{1}.stream("below");
    std::array<int, 10> counts{};
    for (int i = 0; i < 30'000; ++i) ++counts[below(rng, 10)];
    for (const int count : counts) QVERIFY(std::abs(count - 3000) < 260);
  }

  void
  belowIsFairAlsoForHugeCounts() {  // a plain remainder would give the lower half twice the share
    auto rng = Seed{1}.stream("huge");
    const std::uint64_t count = 3ull << 62;  // three quarters of 2^64
    int lowest = 0;
    for (int i = 0; i < 30'000; ++i) lowest += below(rng, count) < (1ull << 62) ? 1 : 0;
    QVERIFY(std::abs(lowest - 10'000) < 410);  // five standard deviations of 82
  }

  void belowOneIsZero() {
    auto rng = Seed{1}.stream("one");
    QCOMPARE(below(rng, 1), std::uint64_t{0});
  }

  void gaussianHasMeanZeroAndVarianceOne() {
    auto rng = Seed{1}.stream("gaussian");
    double sum = 0;
    double squares = 0;
    int beyondTwo = 0;
    for (int i = 0; i < 50'000; ++i) {
      const double g = gaussian(rng);
      sum += g;
      squares += g * g;
      beyondTwo += std::abs(g) > 2 ? 1 : 0;
    }
    QVERIFY(std::abs(sum / 50'000) < 0.025);
    QVERIFY(std::abs(squares / 50'000 - 1) < 0.035);
    QVERIFY(std::abs(beyondTwo / 50'000.0 - 0.0455) < 0.005);  // P(|g| > 2)
  }

  void theFingerprintIsFnv1a() {  // the vectors of its authors (Fowler, Noll, Vo)
    QCOMPARE(toHex(fnv1a("")), std::string("cbf29ce484222325"));
    QCOMPARE(toHex(fnv1a("a")), std::string("af63dc4c8601ec8c"));
    QCOMPARE(toHex(fnv1a("foobar")), std::string("85944171f73967e8"));
    QCOMPARE(fnv1a("bar", fnv1a("foo")), fnv1a("foobar"));
    QCOMPARE(toHex(0x1f), std::string("000000000000001f"));
  }
};

APPLESS_TEST(SeedTest)
#include "seed_test.moc"
