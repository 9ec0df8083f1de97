// SPDX-License-Identifier: MIT
// For a build with Qt Multimedia.
#include "gui/widgets/sound_controls.h"

#include "gui/appearance.h"
#include "gui/widgets/wrapped_label.h"

#include <QAudioDevice>
#include <QAudioOutput>
#include <QBuffer>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMediaDevices>
#include <QMediaPlayer>
#include <QPushButton>
#include <QSlider>
#include <QUrl>

namespace lavascope {

namespace {

constexpr int step = 5'000;  // ms; an arrow key
constexpr int page = 30'000; // ms

/// `1:05`
QString clockTime(qint64 milliseconds) {
    const qint64 seconds = milliseconds / 1000;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

class SoundControls final : public QWidget {
    Q_DECLARE_TR_FUNCTIONS(SoundControls)

public:
    SoundControls(const Sound& sound, const QString& accessibleName, QWidget* parent)
        : QWidget(parent)
        , m_sound(sound)
        , m_play(new QPushButton(tr("Play"), this))
        , m_place(new QSlider(Qt::Horizontal, this))
        , m_words(new WrappedLabel(this)) {
        m_play->setObjectName(QStringLiteral("playSound"));
        m_play->setAccessibleName(tr("Play %1").arg(accessibleName));
        m_place->setObjectName(QStringLiteral("soundPlace"));
        m_place->setAccessibleName(tr("Place in %1").arg(accessibleName));
        m_place->setSingleStep(step);
        m_place->setPageStep(page);
        m_place->setMaximumWidth(m_place->fontMetrics().averageCharWidth() * 48);
        m_place->hide();
        m_words->setObjectName(QStringLiteral("soundWords"));
        m_words->setTextFormat(Qt::PlainText);
        setTextRole(m_words, TextRole::Quiet);
        auto* line = new QHBoxLayout(this);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(8);
        line->addWidget(m_play);
        line->addWidget(m_place, 1);
        line->addWidget(m_words, 1);
        connect(m_play, &QPushButton::clicked, this, &SoundControls::playOrPause);
        connect(m_place, &QSlider::valueChanged, this, &SoundControls::goTo);
    }

    ~SoundControls() override {
        // The player is taken down after what it would be shown on.
        if (m_player)
            m_player->disconnect(this);
    }
    SoundControls(const SoundControls&) = delete;
    SoundControls& operator=(const SoundControls&) = delete;

private:
    void playOrPause() {
        if (m_player && m_player->playbackState() == QMediaPlayer::PlayingState) {
            m_player->pause();
            return;
        }
        // Without an output Qt's players say nothing and never end.
        const QAudioDevice output = QMediaDevices::defaultAudioOutput();
        if (output.isNull()) {
            m_words->setText(tr("This computer has no sound output."));
            return;
        }
        if (!m_player)
            load();
        m_player->audioOutput()->setDevice(output);
        m_player->play();
    }

    void load() {
        m_player = new QMediaPlayer(this);
        m_player->setAudioOutput(new QAudioOutput(m_player));
        connect(m_player, &QMediaPlayer::playbackStateChanged, this, &SoundControls::showState);
        connect(m_player, &QMediaPlayer::positionChanged, this, &SoundControls::showPlace);
        connect(m_player, &QMediaPlayer::durationChanged, this, &SoundControls::showPlace);
        connect(m_player, &QMediaPlayer::errorOccurred, this, &SoundControls::showError);
        auto* bytes = new QBuffer(m_player);
        bytes->setData(m_sound.bytes);
        bytes->open(QIODevice::ReadOnly);
        // Qt 6.4 plays no device without a name; nothing is read from that address.
        m_player->setSourceDevice(bytes, QUrl(QStringLiteral("sound.") + m_sound.type.section(u'/', 1)));
    }

    void goTo(int milliseconds) {
        if (m_player && !m_isShowing)
            m_player->setPosition(milliseconds);
    }

    void showState() {
        m_play->setText(m_player->playbackState() == QMediaPlayer::PlayingState ? tr("Pause") : tr("Play"));
    }

    void showPlace() {
        const qint64 length = m_player->duration();
        m_isShowing = true;
        m_place->setVisible(length > 0);
        m_place->setMaximum(int(qMin<qint64>(length, std::numeric_limits<int>::max())));
        m_place->setValue(int(qMin<qint64>(m_player->position(), m_place->maximum())));
        m_isShowing = false;
        m_words->setText(tr("%1 of %2").arg(clockTime(m_player->position()), clockTime(length)));
    }

    void showError() {
        m_place->hide();
        m_words->setText(tr("This cannot be played here (%1). It can be saved and played elsewhere.")
                             .arg(m_player->errorString()));
    }

    const Sound m_sound; ///< shares its bytes with the answer
    QPushButton* m_play;
    QSlider* m_place;
    QLabel* m_words;
    QMediaPlayer* m_player = nullptr; ///< made when it is first wanted
    bool m_isShowing = false;
};

} // namespace

QWidget* makeSoundControls(const Sound& sound, const QString& accessibleName, QWidget* parent) {
    return new SoundControls(sound, accessibleName, parent);
}

} // namespace lavascope
