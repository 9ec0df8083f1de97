// SPDX-License-Identifier: MIT
// The parts of an answer beside its text: sources, pictures, sounds.
#include "core/stream/stream_reader.h"
#include "gui/shown.h"
#include "gui/widgets/answer_view.h"

#include <QBuffer>
#include <QDeadlineTimer>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QTest>

using namespace lavascope;

namespace {

QByteArray pngOf(QSize size) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QJsonObject mediaPart(const QString& type, const QByteArray& bytes) {
    const QJsonObject data{{QStringLiteral("mimeType"), type},
                           {QStringLiteral("data"), QString::fromLatin1(bytes.toBase64())}};
    return {{QStringLiteral("inlineData"), data}};
}

QByteArray answerWith(const QJsonArray& parts, const QJsonObject& more = {}) {
    QJsonObject candidate = more;
    candidate[QStringLiteral("content")] = QJsonObject{{QStringLiteral("parts"), parts}};
    candidate[QStringLiteral("finishReason")] = QStringLiteral("STOP");
    const QJsonObject event{{QStringLiteral("candidates"), QJsonArray{candidate}}};
    return "data: " + QJsonDocument(event).toJson(QJsonDocument::Compact) + "\n\n";
}

} // namespace

class TestAnswerParts : public QObject {
    Q_OBJECT

private:
    void showAnswer(const QByteArray& body) {
        m_reader = std::make_unique<StreamReader>(StreamHints{});
        m_reader->takeHeaders(200, {{"Content-Type", "text/event-stream"}}, {});
        m_reader->take({std::chrono::microseconds(1), body});
        m_reader->takeEnding({});
        m_view->setReader(m_reader.get());
        while (m_view->pull(QDeadlineTimer(QDeadlineTimer::Forever))) {
        }
    }

    std::unique_ptr<StreamReader> m_reader;
    std::unique_ptr<AnswerView> m_view;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void init() {
        m_view = std::make_unique<AnswerView>();
        m_view->resize(600, 800);
        m_view->show();
        m_shown.emplace(*m_view);
    }
    void cleanup() {
        m_view.reset();
        m_reader.reset();
    }

    void textAlone_showsNeitherSourcesNorMedia() {
        showAnswer(answerWith({QJsonObject{{QStringLiteral("text"), QStringLiteral("Hi")}}}));
        QVERIFY(m_shown->isHidden("sources"));
        QVERIFY(m_shown->isHidden("media"));
    }

    void picture_isShownNoLargerThanItsRoom() {
        showAnswer(answerWith({mediaPart(QStringLiteral("image/png"), pngOf({2000, 1000}))}));
        QVERIFY(!m_shown->isHidden("media"));
        const QPixmap picture = m_shown->find<QLabel>("picture")->pixmap();
        QCOMPARE(picture.size(), QSize(480, 240));
        QCOMPARE(picture.toImage().pixelColor(10, 10), QColor(Qt::darkCyan));
        QVERIFY(m_shown->label("mediaAbout").contains(QStringLiteral("2000 × 1000")));
    }

    void brokenPicture_isNamedAndCanBeSaved() {
        showAnswer(answerWith({mediaPart(QStringLiteral("image/png"), "no picture at all")}));
        QVERIFY(!m_view->findChild<QLabel*>(QStringLiteral("picture")));
        QVERIFY(m_shown->label("mediaAbout").startsWith(QStringLiteral("image/png")));
        QByteArray saved;
        QString name;
        connect(m_view.get(), &AnswerView::saveMediaWanted, this,
                [&](const QByteArray& bytes, const QString& suggested) {
                    saved = bytes;
                    name = suggested;
                });
        m_shown->find<QPushButton>("saveMedia")->click();
        QCOMPARE(saved, QByteArray("no picture at all"));
        QCOMPARE(name, QStringLiteral("answer-1.png"));
    }

    // A drawing format could load files or take a machine's memory: only pictures of pixels are drawn.
    void drawing_isNotDrawn() {
        showAnswer(answerWith({mediaPart(QStringLiteral("image/svg+xml"),
                                         "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")}));
        QVERIFY(!m_view->findChild<QLabel*>(QStringLiteral("picture")));
        QVERIFY(m_shown->label("mediaAbout").startsWith(QStringLiteral("image/svg+xml")));
    }

    void sound_isNamedWithItsSuffix() {
        showAnswer(answerWith({mediaPart(QStringLiteral("audio/mpeg"), "ID3xxxx")}));
        QString name;
        connect(m_view.get(), &AnswerView::saveMediaWanted, this,
                [&](const QByteArray&, const QString& suggested) { name = suggested; });
        m_shown->find<QPushButton>("saveMedia")->click();
        QCOMPARE(name, QStringLiteral("answer-1.mp3"));
    }

    void anotherAnswer_takesThePicturesAway() {
        showAnswer(answerWith({mediaPart(QStringLiteral("image/png"), pngOf({20, 10}))}));
        showAnswer(answerWith({QJsonObject{{QStringLiteral("text"), QStringLiteral("Hi")}}}));
        QVERIFY(m_shown->isHidden("media"));
        QVERIFY(!m_view->findChild<QLabel*>(QStringLiteral("picture")));
    }

    void sources_areListedAsPlainText() {
        const QJsonObject web{{QStringLiteral("uri"), QStringLiteral("https://tides.example")},
                              {QStringLiteral("title"), QStringLiteral("<b>Almanac</b>")}};
        const QJsonObject grounds{
            {QStringLiteral("groundingChunks"), QJsonArray{QJsonObject{{QStringLiteral("web"), web}}}}};
        showAnswer(answerWith({QJsonObject{{QStringLiteral("text"), QStringLiteral("Hi")}}},
                              {{QStringLiteral("groundingMetadata"), grounds}}));
        QVERIFY(!m_shown->isHidden("sources"));
        QCOMPARE(m_shown->text("sources"), QStringLiteral("1. <b>Almanac</b> · https://tides.example"));
    }
};

QTEST_MAIN(TestAnswerParts)
#include "tst_answer_parts.moc"
