// SPDX-License-Identifier: MIT
// The real program with streams that fail, or that whoever started it made non-blocking.
#include "cli/run_in_process.h"

#include <QProcess>
#include <QTest>

#ifdef Q_OS_UNIX
#include <array>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>
#endif

using namespace lavascope;

namespace {

const QString program = QStringLiteral(LAVASCOPE_CLI);
constexpr int patience = 30'000;

#ifdef Q_OS_UNIX
/// A pipe of which one end is the program's, and non-blocking.
class Pipe {
public:
    enum class TheirEnd { Read = 0, Write = 1 };

    explicit Pipe(TheirEnd theirs)
        : m_theirs(int(theirs)) {
        if (::pipe(m_ends.data()) != 0)
            qFatal("no pipe could be made");
        for (const int end : m_ends)
            ::fcntl(end, F_SETFD, FD_CLOEXEC); // the program has the copy that start() makes, and no other
        ::fcntl(m_ends[m_theirs], F_SETFL, O_NONBLOCK);
    }
    ~Pipe() {
        letGoOfTheirs();
        closeOurs();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    /// The program gets its end as its standard input or output.
    void start(QProcess& process, const QStringList& arguments) {
        process.setChildProcessModifier([this] { ::dup2(m_ends[m_theirs], m_theirs); });
        process.start(program, arguments);
    }
    [[nodiscard]] int bytesInside() const {
        int count = -1;
        ::ioctl(m_ends[0], FIONREAD, &count);
        return count;
    }
    [[nodiscard]] bool write(QByteArrayView bytes) const {
        return ::write(m_ends[1], bytes.data(), size_t(bytes.size())) == bytes.size();
    }
    /// To the end, which comes when the program has ended.
    [[nodiscard]] QByteArray readAll() {
        letGoOfTheirs();
        QByteArray all;
        std::array<char, 65'536> piece{};
        for (ssize_t count = 1; count > 0;) {
            count = ::read(m_ends[0], piece.data(), piece.size());
            all.append(piece.data(), qMax<qsizetype>(0, count));
        }
        return all;
    }
    void closeOurs() { close(1 - m_theirs); }

private:
    void letGoOfTheirs() { close(m_theirs); }
    void close(int end) {
        if (m_ends[end] >= 0)
            ::close(m_ends[end]);
        m_ends[end] = -1;
    }

    int m_theirs;
    std::array<int, 2> m_ends{-1, -1};
};

/// A whole stream of some 300,000 bytes, as `replay` takes it.
QByteArray longStream() {
    QByteArray stream;
    while (stream.size() < 300'000)
        stream +=
            "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
            "\"Hi\"},\"finish_reason\":null}]}\n\n";
    return stream + "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},"
                    "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
}
#endif

} // namespace

class TestStandardStream : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TEST_SECRET_KEY", "aks_test_CANARYcanaryCANARY0000"); }

#ifdef Q_OS_UNIX
    void inputThatCannotBeRead_isNotTakenForItsEnd_data() {
        QTest::addColumn<QString>("line");
        QTest::newRow("inspect") << QStringLiteral("token inspect");
        QTest::newRow("lines") << QStringLiteral("token inspect --lines");
        QTest::newRow("secret") << QStringLiteral("token build --secret-key -");
        QTest::newRow("body") << QStringLiteral("send --sandbox --no-history --body -");
    }
    void inputThatCannotBeRead_isNotTakenForItsEnd() {
        QFETCH(const QString, line);
        QProcess process;
        process.setStandardInputFile(QStringLiteral("/")); // a folder can be opened, and not read
        process.start(program, words(line.toUtf8().constData()));
        QVERIFY(process.waitForFinished(patience));
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(process.exitCode() == 3, said);
        QVERIFY2(said.contains("Standard input could not be read"), said);
        QCOMPARE(process.readAllStandardOutput(), QByteArray());
    }

    void nonBlockingInput_isWaitedForToItsEnd() {
        const QByteArray stream = longStream();
        Pipe in(Pipe::TheirEnd::Read);
        QProcess process;
        in.start(process, words("replay --raw"));
        constexpr qsizetype piece = 32'768; // fits into a pipe
        for (qsizetype at = 0; at < stream.size(); at += piece) {
            QTRY_COMPARE_WITH_TIMEOUT(in.bytesInside(), 0, patience); // so this piece comes late
            QVERIFY(in.write(QByteArrayView(stream).sliced(at, qMin(piece, stream.size() - at))));
        }
        in.closeOurs();
        QVERIFY(process.waitForFinished(patience));
        QVERIFY(process.readAllStandardOutput() == stream);
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
    }

    void nonBlockingInput_isWaitedForLineByLine() {
        Pipe in(Pipe::TheirEnd::Read);
        QProcess process;
        in.start(process, words("token inspect --lines"));
        for (int i = 0; i < 20; ++i) {
            QVERIFY(in.write("aks_test_CANARYcanaryCANARY0000\n"));
            QVERIFY(process.waitForReadyRead(patience));
            QVERIFY(process.readLine().startsWith("{\"kind\":\"secret_key\""));
        }
        in.closeOurs();
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 0);
    }

    void nonBlockingOutput_isWaitedForUntilAllIsWritten() {
        const QByteArray stream = longStream();
        Pipe out(Pipe::TheirEnd::Write);
        QProcess process;
        out.start(process, words("replay --raw"));
        process.write(stream);
        process.closeWriteChannel();
        QTRY_VERIFY_WITH_TIMEOUT(out.bytesInside() >= 65'536, patience); // full: the reader starts late
        QVERIFY(out.readAll() == stream);
        QVERIFY(process.waitForFinished(patience));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
    }
#endif
};

QTEST_GUILESS_MAIN(TestStandardStream)
#include "tst_standard_stream.moc"
