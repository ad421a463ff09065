using System.Text;
using System.Text.Json;
using Lading.Explaining;
using Lading.Fingerprints;
using Lading.Oci;
using Lading.Provenance;
using Lading.Testing;

namespace Lading.Tests.Provenance;

public sealed class StatingInputs
{
    private static readonly Digest Subject = Digest.OfBytes("image"u8);

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_reads_back_as_what_was_written()
    {
        using var repository = await TestRepository.CreateAsync();
        repository
            .Write(
                "app/lading.json",
                """
                {
                  "project": "p",
                  "images": { "web": { "context": "web", "args": { "B": "2", "A": "ä", "HTTP_PROXY": "http://proxy" }, "ssh": ["default"], "contexts": { "shared": "../shared" }, "platforms": ["linux/arm64", "linux/amd64"] } }
                }
                """
            )
            .Write(
                "app/web/Dockerfile",
                "FROM a:1 AS x\nFROM ghcr.io/o/b:2\nCOPY . /\nCOPY --from=x / /\nCOPY --from=shared / /\n"
            )
            .Write("app/web/a file%.txt", "a")
            .Write("app/web/ünïcode", "u")
            .Write("shared/run", "#!/bin/sh\n");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "app/web/link"), "nowhere");
        await repository.GitAsync("add", "--all");
        await repository.GitAsync("update-index", "--chmod=+x", "shared/run");
        await repository.GitAsync(
            "update-index",
            "--add",
            "--cacheinfo",
            $"160000,{new string('a', 40)},app/web/module"
        );
        await repository.GitAsync("commit", "--quiet", "--message", "All kinds");
        var written = await ListAsync(Path.Combine(repository.Folder, "app"));

        var statement = StatementWriter.Write(written, RepositoryName.Parse("p/web"), Subject, "1.2.3");
        var read = StatementReader.Parse(statement, Subject);

        Assert.Equal(written.Fingerprint, read.Fingerprint);
        Assert.Equal(written.Commit, read.Commit);
        Assert.Equal(written.Parameters.ToJsonString(), read.Parameters.ToJsonString());
        Assert.Equal("""{"A":"ä","B":"2"}""", read.Parameters["args"]!.ToJsonString(Relaxed));
        Assert.Equal(written.Files, read.Files);
        Assert.Equal(written.Bases, read.Bases);
        Assert.Equal(written.Dockerfile, read.Dockerfile);
        Assert.True(ImageDifference.Between(written, read).IsEmpty);
        Assert.Equal(statement, StatementWriter.Write(read, RepositoryName.Parse("p/web"), Subject, "1.2.3"));
        var uris = JsonDocument
            .Parse(statement)
            .RootElement.GetProperty("predicate")
            .GetProperty("buildDefinition")
            .GetProperty("resolvedDependencies")
            .EnumerateArray()
            .Where(each => each.TryGetProperty("uri", out _))
            .Select(each => each.GetProperty("uri").GetString()!)
            .ToList();
        Assert.All(uris, uri => Assert.True(Uri.IsWellFormedUriString(uri, UriKind.Absolute), uri));
        Assert.Contains("git:app/web/a%20file%25.txt", uris);
        Assert.Contains("pkg:docker/library/a@1", uris);
        Assert.Contains("pkg:docker/ghcr.io/o/b@2", uris);
    }

    [Fact]
    public async Task Ten_thousand_files_stay_small()
    {
        using var repository = await TestRepository.CreateAsync();
        repository
            .Write(
                "lading.json",
                """{ "project": "p", "images": { "web": { "assemble": { "base": "scratch", "copy": { "src/": "/" } } } } }"""
            )
            .Write("src/a", "a");
        await repository.CommitAsync("One file");
        var one = await ListAsync(repository.Folder);
        var many = one with
        {
            Files =
            [
                .. Enumerable
                    .Range(0, 10_000)
                    .Select(i =>
                        one.Files[0] with
                        {
                            Path = $"src/folder/file-{i:00000}.txt",
                            FullPath = $"src/folder/file-{i:00000}.txt",
                        }
                    ),
            ],
        };

        var statement = StatementWriter.Write(many, RepositoryName.Parse("p/web"), Subject, "1.2.3");

        Assert.InRange(statement.Length, 1_000_000, 1_400_000);
        Assert.Equal(10_000, StatementReader.Parse(statement, Subject).Files.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData(
        """{ "_type": "https://in-toto.io/Statement/v1", "predicateType": "x", "predicate": { "buildDefinition": { "buildType": "y" } } }"""
    )]
    [InlineData("""{ "_type": 1, "predicateType": "x", "predicate": { "buildDefinition": [] } }""")]
    public void Refuses_text_that_is_not_a_statement_of_inputs(string statement) =>
        Assert.Throws<FormatException>(() => StatementReader.Parse(Encoding.UTF8.GetBytes(statement), Subject));

    [Fact]
    public async Task A_statement_about_another_image_is_refused()
    {
        using var repository = await TestRepository.CreateAsync();
        repository
            .Write(
                "lading.json",
                """{ "project": "p", "images": { "web": { "assemble": { "base": "scratch", "copy": { "a": "/" } } } } }"""
            )
            .Write("a", "a");
        await repository.CommitAsync("One file");
        var statement = StatementWriter.Write(
            await ListAsync(repository.Folder),
            RepositoryName.Parse("p/web"),
            Subject,
            "1"
        );

        var failure = Assert.Throws<FormatException>(() => StatementReader.Parse(statement, Digest.OfBytes("other"u8)));

        Assert.Contains("is not about sha256:", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<ImageProvenance> ListAsync(string folder)
    {
        var file = Lading.Configuration.ConfigurationFile.Get(folder);
        var project = new ProjectFolder(folder, await file.ReadAsync(Cancelled));
        using var scratch = new TestFolder();
        await using var sources = await ProjectSnapshot.OpenAsync(
            project,
            new SnapshotRequest([], "HEAD"),
            scratch.Path,
            Cancelled
        );
        return ImageProvenance.Of(sources.Images[0]);
    }
}
