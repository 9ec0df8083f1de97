// SPDX-License-Identifier: MIT
#include "gui/stream_pane_test.h"

#include <QMenu>
#include <QToolButton>

using namespace lavascope;
using namespace lavascope::fault;

class TestDialectPicker : public StreamPaneTest {
    Q_OBJECT

private:
    [[nodiscard]] QToolButton* button() const { return m_shown->find<QToolButton>("dialect"); }
    [[nodiscard]] QAction* choice(const QString& dialect) const {
        for (QAction* action : button()->menu()->actions())
            if (!action->isSeparator() && action->data().toString() == dialect)
                return action;
        return nullptr;
    }

private Q_SLOTS:
    void recognisedDialect_isNamedAndChecked() {
        playToTheEnd({say(streamHead() + textEvent("High tide") + openAiEnd), fin()});
        QTRY_VERIFY(button()->text().contains(QStringLiteral("openai_chat")));
        QVERIFY(button()->accessibleName().contains(QStringLiteral("recognised")));
        QVERIFY(choice({})->isChecked());
    }

    void everyDialect_canBeChosen() {
        playToTheEnd({say(streamHead() + textEvent("High tide") + openAiEnd), fin()});
        for (const QString& name : dialectNames())
            QVERIFY2(choice(name), qPrintable(name));
    }

    void anotherDialect_isShownInEveryTabAndTakenBack() {
        playToTheEnd({say(streamHead() + textEvent("High tide") + openAiEnd), fin()});
        QTRY_COMPARE(m_shown->text("answerText"), QStringLiteral("High tide"));
        choice(QStringLiteral("anthropic_messages"))->trigger();
        QTRY_VERIFY(m_shown->label("verdict").contains(QStringLiteral("cut off")));
        QVERIFY(m_shown->text("answerText").isEmpty() || m_shown->isHidden("answerText"));
        QTRY_VERIFY(button()->text().contains(QStringLiteral("as anthropic_messages")));
        QVERIFY(choice(QStringLiteral("anthropic_messages"))->isChecked());
        choice({})->trigger();
        QTRY_COMPARE(m_shown->text("answerText"), QStringLiteral("High tide"));
        QTRY_VERIFY(m_shown->label("verdict").contains(QStringLiteral("complete")));
        QVERIFY(m_shown->isHidden("diagnosis"));
    }

    void withoutACall_thereIsNothingToChoose() { QVERIFY(!button()->isVisible()); }
};

QTEST_MAIN(TestDialectPicker)
#include "tst_dialect_picker.moc"
