// SPDX-License-Identifier: MIT
// With a real sound server (tests/support/with_sound_output), whose one output nobody hears.
#include "gui/widgets/sound_controls.h"

#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTest>

#include <memory>

using namespace lavascope;

namespace {

constexpr int samplesPerSecond = 24'000;

/// A sound of this many tenths of a second.
Sound sound(int tenths) {
    QByteArray samples(qsizetype(samplesPerSecond) * 2 * tenths / 10, '\x11');
    return *soundOf({QStringLiteral("audio/pcm"), samples});
}

struct Controls {
    explicit Controls(const Sound& played)
        : widget(makeSoundControls(played, QStringLiteral("sound 1"), nullptr))
        , play(widget->findChild<QPushButton*>(QStringLiteral("playSound")))
        , place(widget->findChild<QSlider*>(QStringLiteral("soundPlace")))
        , words(widget->findChild<QLabel*>(QStringLiteral("soundWords"))) {
        widget->show();
    }
    std::unique_ptr<QWidget> widget;
    QPushButton* play;
    QSlider* place;
    QLabel* words;
};

} // namespace

class SoundControlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void play_runsToTheEndAndCanBeginAgain() {
        const Controls controls(sound(5));
        controls.play->click();
        QTRY_COMPARE(controls.play->text(), QStringLiteral("Pause"));
        QTRY_COMPARE(controls.place->maximum(), 500);
        QTRY_COMPARE(controls.play->text(), QStringLiteral("Play"));
        QVERIFY(controls.place->isVisible());
        controls.play->click();
        QTRY_COMPARE(controls.play->text(), QStringLiteral("Pause"));
    }

    void pause_staysWhereItIs_andAKeyGoesOn() {
        const Controls controls(sound(300));
        controls.play->click();
        QTRY_COMPARE(controls.place->maximum(), 30'000);
        QTRY_VERIFY(controls.place->value() > 0);
        controls.play->click();
        QTRY_COMPARE(controls.play->text(), QStringLiteral("Play"));
        const int before = controls.place->value();
        QTest::keyClick(controls.place, Qt::Key_Right);
        QTRY_VERIFY(controls.place->value() >= before + 4'000);
        QCOMPARE(controls.words->text(), QStringLiteral("0:0%1 of 0:30").arg(controls.place->value() / 1000));
    }

    void brokenSound_isSaidToBeUnplayable() {
        const Controls controls({QStringLiteral("audio/flac"), QByteArray("fLaC") + QByteArray(2000, 'x')});
        controls.play->click();
        QTRY_VERIFY(controls.words->text().startsWith(QStringLiteral("This cannot be played here")));
        QVERIFY(controls.place->isHidden());
    }
};

QTEST_MAIN(SoundControlsTest)
#include "tst_sound_controls.moc"
