// SPDX-License-Identifier: MIT
// Runs a fuzz target over corpus folders without a fuzzer: every file below them whole, cut at every place
// (large files: at some), and with single bytes changed by a generator of fixed seed, so that a run can be
// repeated.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

// Many files get less of each.
constexpr size_t inputs = 10'000;
constexpr size_t mostPerFile = 300;

std::vector<uint8_t> contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The target gets a buffer of exactly its size, so that a sanitizer sees the first byte read past the end.
void runOn(const uint8_t* data, size_t size) {
    const std::vector<uint8_t> exact(data, data + size);
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void replay(std::vector<uint8_t> input, size_t perFile, std::mt19937& random) {
    runOn(input.data(), input.size());
    const size_t step = input.size() / perFile + 1;
    for (size_t cut = 0; cut < input.size(); cut += step)
        runOn(input.data(), cut);
    for (size_t change = 0; change < perFile && !input.empty(); ++change) {
        uint8_t& byte = input[random() % input.size()];
        const uint8_t before = byte;
        byte = uint8_t(random());
        runOn(input.data(), input.size());
        byte = before;
    }
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i)
        for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i]))
            if (entry.is_regular_file())
                files.push_back(entry.path());
    // A folder is listed in no order, and the changes are drawn one after another.
    std::sort(files.begin(), files.end());
    std::mt19937 random(20261123); // NOLINT: the same inputs every time are what a test wants
    const size_t perFile = std::clamp<size_t>(inputs / std::max<size_t>(1, files.size()), 1, mostPerFile);
    for (const std::filesystem::path& file : files)
        replay(contentOf(file), perFile, random);
    std::printf("%zu corpus files replayed\n", files.size());
    return files.empty() ? 1 : 0;
}
