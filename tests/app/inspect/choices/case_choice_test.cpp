#include "app/inspect/choices/case_choice.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QTest>

#include "app/inspect/inspect_page.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

class CaseChoiceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void ofALongNameTheBeginningIsSeen() {
    InspectPage page;
    Cohort named{bratsProblem()};
    const QString name = "participant-0001_session-2_segment_a-very-long-name_" + QString(60, 'x');
    named.cases.emplace_back().id = name.toStdString();
    listCases(*page.cases(), named);
    page.cases()->setCurrentIndex(0);
    QCOMPARE(page.cases()->currentText(), name);
    QCOMPARE(page.cases()->lineEdit()->cursorPosition(), 0);
    QCOMPARE(page.cases()->toolTip(), name);
    QVERIFY(page.cases()->view()->minimumWidth() > 400);
  }
};

WINDOW_TEST(CaseChoiceTest)
#include "case_choice_test.moc"
