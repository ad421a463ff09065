using System.Security.Cryptography;
using System.Text.Json;
using Lading.Apps;
using Lading.Configuration;
using Lading.Locks;
using Lading.Oci;
using Lading.Provenance;
using Lading.Records;
using Lading.Testing;

namespace Lading.Tests.Compatibility;

/// <summary>
/// Files written by released versions stay readable (docs/compatibility.md). The corpus only grows: <c>SHA256SUMS</c>
/// pins each file, and none in the folder of a released version is changed.
/// </summary>
public sealed class ReadingFilesOfEveryVersion
{
    private static readonly string Corpus = SourceTree.PathOf("tests/Lading.Tests/Corpus");

    [Fact]
    public void No_file_of_the_corpus_has_changed_or_disappeared()
    {
        var sums = File.ReadAllLines(Path.Combine(Corpus, "SHA256SUMS"))
            .Select(line => line.Split("  ", 2))
            .ToDictionary(words => words[1], words => words[0], StringComparer.Ordinal);
        var files = Directory
            .EnumerateFiles(Corpus, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "SHA256SUMS")
            .ToDictionary(
                path => Path.GetRelativePath(Corpus, path).Replace('\\', '/'),
                path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
                StringComparer.Ordinal
            );

        Assert.Equal(
            sums.OrderBy(each => each.Key, StringComparer.Ordinal),
            files.OrderBy(each => each.Key, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_released_version_has_its_files() =>
        Assert.All(
            File.ReadAllLines(SourceTree.PathOf("CHANGELOG.md"))
                .Where(line => line.StartsWith("## ", StringComparison.Ordinal) && char.IsAsciiDigit(line[3]))
                .Select(line => string.Join('.', line[3..].Split(' ')[0].Split('.').Take(2))),
            version =>
                Assert.True(Directory.Exists(Path.Combine(Corpus, version)), $"the corpus has no files of {version}")
        );

    [Theory]
    [MemberData(nameof(Files), "lading")]
    public void A_configuration_is_read(string file)
    {
        var configuration = ConfigurationReader.Read(Bytes(file), file);

        Assert.NotEmpty(configuration.Images);
        Assert.NotEmpty(configuration.Environments);
    }

    [Theory]
    [MemberData(nameof(Files), "lock")]
    public void A_lock_is_read(string file)
    {
        var content = LockFile.Read(Path.Combine(Corpus, file));

        Assert.All(content.Images.Values, image => Assert.Equal(64, image.Fingerprint.Length));
        Assert.NotEmpty(content.Images);
    }

    [Theory]
    [MemberData(nameof(Files), "bases")]
    public void Pins_of_bases_are_read(string file) => Assert.NotEmpty(BasePinsReader.Read(Bytes(file), file).Pins);

    [Theory]
    [MemberData(nameof(Files), "record")]
    public void A_record_is_read(string file)
    {
        var record = RecordReader.Read([File.ReadAllText(Path.Combine(Corpus, file))], "/lading/Storefront");

        Assert.NotEmpty(record.Images);
    }

    [Theory]
    [MemberData(nameof(Files), "statement")]
    public void A_statement_of_inputs_is_read(string file)
    {
        using var json = JsonDocument.Parse(Bytes(file));
        var hex = json.RootElement.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString();

        var statement = StatementReader.Parse(Bytes(file), Digest.Parse($"sha256:{hex}"));

        Assert.NotEmpty(statement.Files);
    }

    [Theory]
    [MemberData(nameof(Files), "app")]
    public void The_document_of_an_app_reads_back(string file)
    {
        using var json = JsonDocument.Parse(Bytes(file));

        Assert.NotEmpty(AppDocumentReader.Read(json.RootElement).Environments);
    }

    public static TheoryData<string> Files(string kind) =>
        [
            .. Directory
                .EnumerateFiles(Corpus, $"{kind}*.json", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Corpus, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    private static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Corpus, file));
}
