// SPDX-License-Identifier: MIT
// On a computer without a sound output (tests/support/with_sound_output --none).
#include "gui/widgets/sound_controls.h"

#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTest>

#include <memory>

using namespace lavascope;

class NoSoundOutputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void play_saysThatThereIsNoOutput() {
        const std::optional<Sound> sound = soundOf({QStringLiteral("audio/pcm"), QByteArray(100, 'x')});
        const std::unique_ptr<QWidget> controls(
            makeSoundControls(*sound, QStringLiteral("sound 1"), nullptr));
        controls->show();
        auto* play = controls->findChild<QPushButton*>(QStringLiteral("playSound"));
        auto* words = controls->findChild<QLabel*>(QStringLiteral("soundWords"));
        QVERIFY(words->text().isEmpty());
        QVERIFY(controls->findChild<QSlider*>(QStringLiteral("soundPlace"))->isHidden());
        play->click();
        QCOMPARE(words->text(), QStringLiteral("This computer has no sound output."));
        QCOMPARE(play->text(), QStringLiteral("Play"));
    }
};

QTEST_MAIN(NoSoundOutputTest)
#include "tst_no_sound_output.moc"
