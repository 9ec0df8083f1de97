// SPDX-License-Identifier: MIT
#include "gui/widgets/media_view.h"

#include "core/stream/sound.h"
#include "gui/appearance.h"
#include "gui/units.h"
#include "gui/widgets/sound_controls.h"

#include <QBuffer>
#include <QHBoxLayout>
#include <QImageReader>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

namespace lavascope {

namespace {

constexpr QSize largestShown(480, 320);
// Beyond this a picture is only named: taking it apart would hold up the window, or its memory.
constexpr qsizetype largestPicture = 32 * 1024 * 1024;
constexpr int longestSide = 16 * 1024;
constexpr size_t mostShown = 24;

struct Format {
    const char* mediaType;
    const char* reader; ///< Qt's name for it; null: no picture
    const char* suffix;
};

// Only formats whose first bytes were seen are taken apart, and only by the reader made for them.
constexpr std::array<Format, 8> formats = {{
    {"image/png", "png", "png"},
    {"image/jpeg", "jpeg", "jpg"},
    {"image/gif", "gif", "gif"},
    {"image/webp", "webp", "webp"},
    {"audio/mpeg", nullptr, "mp3"},
    {"audio/wav", nullptr, "wav"},
    {"audio/ogg", nullptr, "ogg"},
    {"audio/flac", nullptr, "flac"},
}};

const Format* formatOf(const QString& mediaType) {
    for (const Format& format : formats)
        if (mediaType == QLatin1String(format.mediaType))
            return &format;
    return nullptr;
}

/// The picture, no larger than it is shown, and its own size; a null picture if it cannot or must not be
/// read.
QImage pictureOf(const Media& media, const Format* format, QSize& size) {
    if (!format || !format->reader || media.bytes.size() > largestPicture)
        return {};
    QBuffer buffer;
    buffer.setData(media.bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, format->reader);
    size = reader.size();
    if (!size.isValid() || size.width() > longestSide || size.height() > longestSide)
        return {};
    if (size.width() > largestShown.width() || size.height() > largestShown.height())
        reader.setScaledSize(size.scaled(largestShown, Qt::KeepAspectRatio));
    return reader.read();
}

} // namespace

MediaView::MediaView(QWidget* parent)
    : QWidget(parent)
    , m_list(new QVBoxLayout(this)) {
    m_list->setContentsMargins(0, 8, 0, 0);
    m_list->setSpacing(12);
    m_list->setAlignment(Qt::AlignTop);
}

void MediaView::show(const std::vector<Media>& media) {
    const bool isSame =
        media.size() == m_shown.size() &&
        std::equal(media.begin(), media.end(), m_shown.begin(), [](const Media& a, const Media& b) {
            return a.type == b.type && a.bytes.size() == b.bytes.size() &&
                   a.bytes.constData() == b.bytes.constData();
        });
    if (isSame)
        return;
    m_shown = media;
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    for (size_t i = 0; i < std::min(media.size(), mostShown); ++i)
        addMedia(media[i], i + 1);
    if (media.size() > mostShown) {
        auto* rest = new QLabel(tr("… and %1 more: see the events.").arg(media.size() - mostShown), this);
        setTextRole(rest, TextRole::Quiet);
        m_list->addWidget(rest);
    }
}

void MediaView::addMedia(const Media& media, size_t number) {
    const std::optional<Sound> sound = soundOf(media);
    const Format* const format = formatOf(sound ? sound->type : media.type);
    QSize size;
    const QImage image = pictureOf(media, format, size);
    const QString type = media.type.isEmpty() ? tr("unknown kind") : media.type;
    QString about = tr("%1 · %2").arg(type, byteSize(media.bytes.size()));
    if (size.isValid())
        about += tr(" · %1 × %2").arg(size.width()).arg(size.height());

    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    if (!image.isNull()) {
        auto* picture = new QLabel(box);
        picture->setObjectName(QStringLiteral("picture"));
        picture->setPixmap(QPixmap::fromImage(image));
        picture->setAccessibleName(tr("Picture %1: %2").arg(number).arg(about));
        layout->addWidget(picture, 0, Qt::AlignLeft);
    }
    if (sound)
        if (QWidget* controls = makeSoundControls(*sound, tr("sound %1: %2").arg(number).arg(about), box))
            layout->addWidget(controls);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    auto* label = new QLabel(about, box);
    label->setObjectName(QStringLiteral("mediaAbout"));
    label->setTextFormat(Qt::PlainText);
    setTextRole(label, TextRole::Quiet);
    auto* save = new QPushButton(tr("Save as…"), box);
    save->setObjectName(QStringLiteral("saveMedia"));
    save->setAccessibleName(tr("Save number %1: %2").arg(number).arg(about));
    const QString name =
        QStringLiteral("answer-%1.%2").arg(number).arg(QLatin1String(format ? format->suffix : "bin"));
    connect(save, &QPushButton::clicked, this,
            [this, bytes = sound ? sound->bytes : media.bytes, name] { Q_EMIT saveWanted(bytes, name); });
    line->addWidget(save);
    line->addWidget(label, 1);
    layout->addLayout(line);
    m_list->addWidget(box);
}

} // namespace lavascope
