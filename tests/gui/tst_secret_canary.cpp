// SPDX-License-Identifier: MIT
// One secret is typed, pasted, inspected, compared, read from a file, sent, saved and kept; afterwards it is
// looked for wherever the window or its files could still hold it.
#include "gui/appearance.h"
#include "gui/batch_view.h"
#include "gui/decode_pane.h"
#include "gui/key_picker.h"
#include "gui/main_window.h"
#include "gui/screen_share.h"
#include "gui/token_pane.h"
#include "gui/widgets/paste_box.h"
#include "gui/widgets/secret_field.h"
#include "session/workbench.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;

namespace {

const QByteArray canary = "aks_test_CANARYcanary0123456789WXYZ";

QByteArray tokenWithCanary() {
    TokenFields fields;
    fields.secretKey = Secret(canary);
    fields.meterSlug = QStringLiteral("demo-meter");
    return *buildToken(fields);
}

/// Every form in which a reader could recognise the secret.
bool givesAway(const QByteArray& text) {
    return text.contains("CANARY") || text.contains(canary.mid(12).toBase64().left(16)) ||
           text.contains(tokenWithCanary().left(40)) || text.contains(canary.toHex());
}

} // namespace

class TestSecretCanary : public QObject {
    Q_OBJECT

private:
    template <typename T>
    T* find(const char* name) {
        T* found = m_window->findChild<T*>(QLatin1String(name));
        Q_ASSERT_X(found, "find", name);
        return found;
    }
    void triggerMenu(const char* text) {
        for (QAction* action : m_window->findChildren<QAction*>())
            if (QString(action->text()).remove(QLatin1Char('&')) == QLatin1String(text))
                action->trigger();
    }

    // What can be read off the window: texts, tool tips, titles, names for screen readers, cells. Boxes that
    // the user pastes into are left to the curtain that covers them.
    QStringList readOff() {
        QStringList texts;
        for (QWidget* widget : m_window->findChildren<QWidget*>()) {
            texts += {widget->toolTip(), widget->statusTip(), widget->windowTitle(), widget->accessibleName(),
                      widget->accessibleDescription()};
            if (const auto* label = qobject_cast<QLabel*>(widget))
                texts += label->text();
            if (const auto* button = qobject_cast<QAbstractButton*>(widget))
                texts += button->text();
            if (const auto* line = qobject_cast<QLineEdit*>(widget))
                texts += line->displayText();
            const bool isPasteBox = qobject_cast<PasteBox*>(widget) != nullptr;
            if (const auto* text = qobject_cast<QPlainTextEdit*>(widget); text && !isPasteBox)
                texts += text->toPlainText();
            if (const auto* bar = qobject_cast<QStatusBar*>(widget))
                texts += bar->currentMessage();
            if (const auto* view = qobject_cast<QAbstractItemView*>(widget); view && view->model())
                for (int row = 0; row < qMin(view->model()->rowCount(), 50); ++row)
                    for (int column = 0; column < view->model()->columnCount(); ++column)
                        for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole})
                            texts += view->model()->index(row, column).data(role).toString();
            QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
            if (interface && !isPasteBox)
                for (const QAccessible::Text kind :
                     {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help})
                    texts += interface->text(kind);
        }
        return texts;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void initTestCase() {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qputenv("LAVASCOPE_DATA_DIR", m_folder.path().toUtf8());
        qputenv("LAVA_SECRET_KEY", canary);
        applyTheme(*qApp, Theme::Light);
        m_workbench = std::make_unique<Workbench>();
        m_window = std::make_unique<MainWindow>(*m_workbench);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void secret_isUsedInEveryWay() {
        auto* line = find<SecretField>("secretKey")->findChild<QLineEdit*>(QStringLiteral("line"));
        line->selectAll();
        QTest::keyClicks(line, QString::fromLatin1(canary));
        QCOMPARE(line->text(), QString::fromLatin1(canary));
        auto* picker = find<KeyPicker>("keyPicker");
        const QSignalSpy kept(picker, &KeyPicker::said);
        picker->keepAs(QStringLiteral("shop"), QStringLiteral("a note"));
        QTRY_COMPARE_WITH_TIMEOUT(kept.count(), 1, 30'000);

        auto* decode = m_window->findChild<DecodePane*>();
        decode->setPastedText(QStringLiteral("Authorization: Bearer ") +
                              QString::fromLatin1(tokenWithCanary()));
        QTRY_VERIFY(find<QLabel>("headline")->text().startsWith(QStringLiteral("Test forward token")));
        find<QAbstractButton>("compare")->click();
        find<PasteBox>("other")->setContent(QString::fromLatin1(canary));
        QTRY_VERIFY(find<QLabel>("comparisonHeadline")->text().contains(QStringLiteral("differ")));
        find<QAbstractButton>("copyReport")->click();
        QVERIFY(!givesAway(QGuiApplication::clipboard()->text().toUtf8()));

        QFile list(m_folder.filePath(
            QStringLiteral("../canary-list-%1.csv").arg(QCoreApplication::applicationPid())));
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.write("who,token\nme," + tokenWithCanary() + "\nyou," + canary + "\n");
        list.close();
        decode->openFile(list.fileName());
        QTRY_VERIFY(!find<BatchView>("batch")->isReading());
        decode->exportBatch(m_folder.filePath(QStringLiteral("export.csv")));
        QVERIFY(list.remove());

        triggerMenu("Send");
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("verdict")->text().contains(QStringLiteral("complete")),
                                 30'000);
    }

    void window_givesNothingAway() {
        for (const QString& text : readOff())
            QVERIFY2(!givesAway(text.toUtf8()), qPrintable(text));
    }

    void sharedScreen_hidesEvenTheLastCharacters() {
        // The sandbox lists the wallet of the key that called, as a mask.
        const auto* wallets = find<QAbstractItemView>("wallets")->model();
        const auto owner = [=] { return wallets->index(0, 0).data().toString(); };
        QTRY_VERIFY(owner().endsWith(QStringLiteral("…WXYZ")));
        triggerMenu("Screen-share mode: hide every secret");
        QVERIFY(find<QLabel>("shareBadge")->isVisible());
        const QString lastOfToken = QString::fromLatin1(tokenWithCanary().right(4));
        for (const QString& text : readOff()) {
            QVERIFY2(!givesAway(text.toUtf8()), qPrintable(text));
            QVERIFY2(!text.contains(QStringLiteral("WXYZ")), qPrintable(text));
            QVERIFY2(!text.contains(QStringLiteral("…") + lastOfToken), qPrintable(text));
        }
        for (const char* name : {"pasteCurtain", "otherCurtain"})
            QVERIFY(!find<QLabel>(name)->isHidden());
        auto* line = find<SecretField>("secretKey")->findChild<QLineEdit*>(QStringLiteral("line"));
        line->undo();
        QVERIFY(!line->displayText().contains(QStringLiteral("CANARY")));
        auto* address = find<QLineEdit>("providerUrl");
        const QString before = address->text();
        address->setText(QStringLiteral("https://a.example/v1/x?key=CANARYinTheAddress0123"));
        for (const QString& text : readOff())
            QVERIFY2(!givesAway(text.toUtf8()), qPrintable(text));
        address->setText(before);
        triggerMenu("Screen-share mode: hide every secret");
        QVERIFY(find<QLabel>("pasteCurtain")->isHidden());
    }

    void files_giveNothingAway() {
        m_window.reset();
        m_workbench.reset();
        int files = 0;
        QDirIterator all(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!givesAway(file.readAll()), qPrintable(file.fileName()));
            ++files;
        }
        QVERIFY(files >= 2); // the preferences and the export
    }
};

QTEST_MAIN(TestSecretCanary)
#include "tst_secret_canary.moc"
