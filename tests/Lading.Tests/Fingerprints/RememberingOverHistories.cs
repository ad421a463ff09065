using System.Globalization;
using Lading.Fingerprints;
using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// Whatever happens in a repository, and whichever commit is read: a remembered identity equals the computed one.
/// </summary>
public sealed class RememberingOverHistories
{
    private const string Configuration = """
        { "project": "p", "images": {
            "web": { "context": "app", "args": { "FROM": "src", "http_proxy": "src" } },
            "api": { "context": ".", "dockerfile": "docker/api.Dockerfile", "contexts": { "lib": "lib" } },
            "site": { "assemble": { "sources": ["static/", "app/*.txt"], "base": "scratch", "copy": { "static/": "/srv/" } } } } }
        """;

    private static readonly string[] Images = ["web", "api", "site"];

    private static readonly string[] Places =
    [
        "app/src/a",
        "app/src/b",
        "app/other/a",
        "app/a.txt",
        "app/b.txt",
        "lib/a",
        "static/a",
        "elsewhere/a",
        "docker/a",
    ];

    private static readonly string[] ControlFiles =
    [
        "app/.dockerignore",
        "app/Dockerfile.dockerignore",
        ".dockerignore",
        "docker/api.Dockerfile.dockerignore",
    ];

    private static readonly string[] Rules = ["src\n", "*\n!src\n", "**/a\n", "other\n", "# nothing\n"];

    private static readonly string[] Dockerfiles =
    [
        "FROM scratch\nCOPY src /srv\n",
        "FROM scratch\nCOPY src/a* other /srv/\n",
        "FROM scratch\nARG FROM\nCOPY $FROM /srv\n",
        "FROM scratch\nARG http_proxy\nCOPY ${http_proxy} /srv\n",
        "FROM scratch\nCOPY . /srv\n",
        "FROM scratch\nCOPY --from=lib a /a\nCOPY link /srv/\n",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2, Traits = ["Run", "long"])]
    [InlineData(3, Traits = ["Run", "long"])]
    public async Task Remembered_and_computed_identities_are_equal(int seed)
    {
        var random = new Random(seed);
        using var state = new TestFolder();
        using var repository = await TestRepository.CreateAsync();
        repository
            .Write("lading.json", Configuration)
            .Write("app/Dockerfile", Dockerfiles[0])
            .Write("docker/api.Dockerfile", "FROM scratch\nCOPY lib /lib\n")
            .Write("app/src/a", "a\n")
            .Write("app/a.txt", "a\n")
            .Write("lib/a", "a\n")
            .Write("static/a", "a\n");
        var commits = new List<string> { await repository.CommitAsync("0") };
        var recalled = 0;
        for (var step = 1; step <= 10; step++)
        {
            for (var changes = random.Next(1, 3); changes > 0; changes--)
            {
                await ChangeAsync(repository, random);
            }

            commits.Add(await repository.CommitAsync(step.ToString(CultureInfo.InvariantCulture)));
            // At the newest commit, and at a random one, which may have been read before.
            foreach (var commit in (string[])[commits[^1], commits[random.Next(commits.Count)]])
            {
                foreach (var image in Images)
                {
                    var computed = await ReadAsync(repository, null, commit, image);
                    var remembered = await ReadAsync(repository, state.Path, commit, image);
                    Assert.Equal(computed.Text, remembered.Text);
                    recalled += remembered.Recalled;
                }
            }
        }

        Assert.InRange(recalled, 10, int.MaxValue);
    }

    private static async Task<(string Text, int Recalled)> ReadAsync(
        TestRepository repository,
        string? state,
        string commit,
        string image
    )
    {
        try
        {
            await using var sources = await repository.OpenSourcesAsync(state, commit, image);
            return (
                string.Join('\n', sources.Images.Select(Describe)),
                sources.Images.Count(each => each.Inputs.Recalled is not null)
            );
        }
        catch (LadingException e)
        {
            return (e.Message, 0);
        }
    }

    private static string Describe(ImageIdentity image) =>
        string.Join(
            ' ',
            image.Name,
            image.Fingerprint,
            image.Earlier,
            image.FingerprintVersion,
            image.Inputs.FileCount,
            image.Commit,
            string.Join(',', image.Inputs.Bases.Select(input => input.Reference)),
            (image.Inputs as BuiltInputs)?.HasUnmatchedReads,
            (image.Inputs as BuiltInputs)?.IgnoreFile,
            (image.Inputs as BuiltInputs)?.DockerfilePath,
            (image.Inputs as BuiltInputs)?.Narrowing.Reason
        );

    private static async Task ChangeAsync(TestRepository repository, Random random)
    {
        var place = Places[random.Next(Places.Length)];
        switch (random.Next(11))
        {
            case 0 or 1:
                Write(repository, place, random.Next(5).ToString(CultureInfo.InvariantCulture));
                break;
            case 2:
                Remove(repository, place);
                break;
            case 3:
                Rename(repository, place, Places[random.Next(Places.Length)]);
                break;
            case 4:
                Link(
                    repository,
                    "app/" + (random.Next(2) == 0 ? "link" : "src/a"),
                    random.Next(2) == 0 ? "src" : "other/a"
                );
                break;
            case 5:
                var ignoring = ControlFiles[random.Next(ControlFiles.Length)];
                Remove(repository, ignoring);
                if (random.Next(3) > 0)
                {
                    Write(repository, ignoring, Rules[random.Next(Rules.Length)]);
                }

                break;
            case 6:
                Write(repository, "app/Dockerfile", Dockerfiles[random.Next(Dockerfiles.Length)]);
                break;
            case 7:
                Write(repository, random.Next(2) == 0 ? ".gitattributes" : "app/.gitattributes", "* text\n");
                break;
            case 8:
                // A link in place of the library folder or of an ignore file.
                Link(
                    repository,
                    random.Next(2) == 0 ? "lib" : "app/.dockerignore",
                    random.Next(2) == 0 ? "static" : "../elsewhere/a"
                );
                break;
            case 9:
                var id = string.Concat(
                    Enumerable.Repeat(random.Next(10, 99).ToString(CultureInfo.InvariantCulture), 20)
                );
                Remove(repository, "app/src/module");
                await repository.GitAsync("update-index", "--add", "--cacheinfo", $"160000,{id},app/src/module");
                Directory.CreateDirectory(Path.Combine(repository.Folder, "app/src/module"));
                break;
            default:
                Write(
                    repository,
                    place,
                    $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize {random.Next(9)}\n"
                );
                break;
        }
    }

    private static void Write(TestRepository repository, string path, string content)
    {
        Remove(repository, path);
        for (var above = Path.GetDirectoryName(path); above is { Length: > 0 }; above = Path.GetDirectoryName(above))
        {
            // Only files are removed: through a link in place of a folder, a write goes to its target.
            if (File.Exists(Path.Combine(repository.Folder, above)))
            {
                File.Delete(Path.Combine(repository.Folder, above));
            }
        }

        if (!IsBehindADanglingLink(repository, path))
        {
            repository.Write(path, content);
        }
    }

    private static bool IsBehindADanglingLink(TestRepository repository, string path)
    {
        for (var above = Path.GetDirectoryName(path); above is { Length: > 0 }; above = Path.GetDirectoryName(above))
        {
            var full = Path.Combine(repository.Folder, above);
            if (new FileInfo(full).LinkTarget is not null && !Directory.Exists(full))
            {
                return true;
            }
        }

        return false;
    }

    private static void Remove(TestRepository repository, string path)
    {
        var full = Path.Combine(repository.Folder, path);
        if (new FileInfo(full).LinkTarget is not null || File.Exists(full))
        {
            File.Delete(full);
        }
        else if (Directory.Exists(full))
        {
            Directory.Delete(full, recursive: true);
        }
    }

    private static void Rename(TestRepository repository, string from, string to)
    {
        var full = Path.Combine(repository.Folder, from);
        if (from != to && File.Exists(full))
        {
            var content = File.ReadAllText(full);
            Remove(repository, from);
            Write(repository, to, content);
        }
    }

    private static void Link(TestRepository repository, string path, string target)
    {
        if (IsBehindADanglingLink(repository, path))
        {
            return;
        }

        Remove(repository, path);
        var full = Path.Combine(repository.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.CreateSymbolicLink(full, target);
    }
}
