#include "app/demo/story.h"

#include <QFile>
#include <QTest>

#include "tests/core/demo/made_up_demo.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const auto kText = QStringLiteral(R"(# A title

## One
- without: most-needed
- show: truth

First line
and its second: {change}

## Two
- only: a
- show: both-networks
- dance: yes

Other.
)");

}  // namespace

class StoryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aStoryIsRead() {
    const Story story = storyFrom(kText);
    QCOMPARE(story.title, QString("A title"));
    QCOMPARE(story.steps.size(), std::size_t{2});
    QCOMPARE(story.steps[0].title, QString("One"));
    QCOMPARE(story.steps[0].sentence, QString("First line and its second: {change}"));
    QCOMPARE(story.steps[0].without, QStringList{"most-needed"});
    QVERIFY(story.steps[0].truth);
    QVERIFY(story.steps[1].sideBySide);
    QCOMPARE(story.unknown, QStringList{"- dance: yes"});
  }

  void stepsAskForWhatTheCaseHas() {
    const auto opened = modascope::opened(madeUpDemo());
    const Story story = storyFrom(kText);
    const DemoLook two = lookOf(story.steps[1], *opened);
    QCOMPARE(two.set, ModalitySet(ModalityId(0)));
    QVERIFY(!two.sideBySide);  // there is one network only
    const DemoLook one = lookOf(story.steps[0], *opened);
    QVERIFY(!one.set.contains(mostNeeded(*opened)));
    QCOMPARE(one.set.size(), std::size_t{1});
  }

  void aCaseOfOneScanKeepsIt() {
    const auto opened = modascope::opened(madeUpDemo(false));
    QCOMPARE(lookOf(storyFrom(kText).steps[0], *opened).set, ModalitySet(ModalityId(0)));
  }

  void theShippedStoriesHaveSixStepsThatAreUnderstood_data() {
    QTest::addColumn<QString>("language");
    for (const auto* language : {"en_GB", "de_DE", "fi_FI"}) QTest::newRow(language) << language;
  }

  void theShippedStoriesHaveSixStepsThatAreUnderstood() {
    QFETCH(const QString, language);
    const Story story = storyFrom(storyText({language}));
    QCOMPARE(story.steps.size(), std::size_t{6});
    QCOMPARE(story.unknown, QStringList());
    QCOMPARE(story.title.startsWith("Welche"), language == "de_DE");
    for (const StoryStep& step : story.steps) QVERIFY(!step.sentence.isEmpty());
  }

  void anythingIsSomeStory() {
    QVERIFY(storyFrom({}).steps.empty());
    QVERIFY(storyFrom("no headings\n- without: t1").steps.empty());
  }
};

GUILESS_TEST(StoryTest)
#include "story_test.moc"
