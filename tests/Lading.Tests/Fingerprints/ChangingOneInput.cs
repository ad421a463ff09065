using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// Generated definitions: the order of keys and the definitions of other images do not change a fingerprint; every
/// input does.
/// </summary>
public sealed class ChangingOneInput : IDisposable
{
    private const int Seed = 20261121;
    private readonly Random random = new(Seed);
    private TestRepository? repository;

    public void Dispose() => repository?.Dispose();

    [Fact]
    public async Task Equivalent_definitions_share_a_fingerprint_and_each_change_gives_another()
    {
        repository = await TestRepository.CreateAsync();
        foreach (var path in new[] { "src/a", "src/b/c", "lib/x", "other/y", "unread/z" })
        {
            repository.Write(path, path + "\n");
        }

        repository
            .Write(
                "src/Dockerfile",
                "ARG V=1\nFROM example.com/base:$V AS one\nCOPY a b /\nFROM one\nCOPY --from=lib x /\n"
            )
            .Write("other/Dockerfile", "FROM scratch\nCOPY y /\n");
        for (var round = 0; round < 12; round++)
        {
            var web = Definition(round);
            var before = await WebAsync(web, Pins(round), others: round % 2 == 0);

            Assert.Equal(before, await WebAsync(Shuffled(web), Pins(round), others: round % 2 == 1));

            foreach (var (key, changed) in Changes(web))
            {
                Assert.True(
                    before != await WebAsync(changed, Pins(round), others: false),
                    $"seed {Seed}, round {round}: {key}"
                );
            }

            Assert.NotEqual(before, await WebAsync(web, Pins(round + 1), others: false));
        }
    }

    /// <summary>Each key of the image's entry with its value, as JSON.</summary>
    private Dictionary<string, string> Definition(int round) =>
        new()
        {
            ["context"] = "\"src\"",
            ["args"] = Map("V", "W", "X", "HTTP_PROXY"),
            ["secrets"] = $$"""{ "one": { "env": "A{{round}}" }, "two": { "env": "B" } }""",
            ["ssh"] = """["default", "work"]""",
            ["contexts"] = """{ "lib": "lib", "image": "docker-image://example.com/other" }""",
            ["platforms"] = """["linux/amd64", "linux/arm64"]""",
            ["epoch"] = $"{round}",
        };

    private string Map(params IReadOnlyList<string> names) =>
        $"{{ {string.Join(", ", names.Select(name => $"\"{name}\": \"{random.Next(1000)}\""))} }}";

    private static IEnumerable<(string Key, Dictionary<string, string> Changed)> Changes(Dictionary<string, string> web)
    {
        Dictionary<string, string> With(string key, string value) => new(web) { [key] = value };
        yield return ("an argument", With("args", web["args"].Replace("\"X\"", "\"Y\"")));
        yield return ("its value", With("args", web["args"].Replace("\"X\": \"", "\"X\": \"0")));
        yield return ("the base's tag", With("args", web["args"].Replace("\"V\": \"", "\"V\": \"0")));
        yield return ("a secret's id", With("secrets", web["secrets"].Replace("\"two\"", "\"three\"")));
        yield return ("an SSH id", With("ssh", """["default"]"""));
        yield return ("a context's name", With("contexts", web["contexts"].Replace("\"lib\":", "\"library\":")));
        yield return ("a context's folder", With("contexts", web["contexts"].Replace(": \"lib\"", ": \"other\"")));
        yield return ("a platform", With("platforms", """["linux/amd64"]"""));
        yield return ("the epoch", With("epoch", "99"));
        yield return ("the target", With("target", "\"one\""));
    }

    /// <summary>
    /// The same definition: keys, map entries and list items in another order, and other values where the value never
    /// counts.
    /// </summary>
    private Dictionary<string, string> Shuffled(Dictionary<string, string> web)
    {
        var keys = web.Keys.ToArray();
        random.Shuffle(keys);
        var shuffled = keys.ToDictionary(key => key, key => web[key]);
        var args = web["args"].Trim('{', '}', ' ').Split(", ").Where(pair => !pair.Contains("PROXY")).ToArray();
        random.Shuffle(args);
        shuffled["args"] = $"{{ \"no_proxy\": \"{random.Next()}\", {string.Join(", ", args)} }}";
        shuffled["ssh"] = """["work", "default"]""";
        shuffled["platforms"] = """["linux/arm64", "linux/amd64"]""";
        shuffled["secrets"] = """{ "two": { "file": "~/b" }, "one": { "env": "OTHER" } }""";
        shuffled["contexts"] = """{ "image": "docker-image://example.com/other", "lib": "./lib" }""";
        return shuffled;
    }

    private static string Pins(int round) =>
        $"\"digest\": \"sha256:{(round % 10).ToString().PadLeft(64, 'a')}\", \"onBuild\": false";

    private async Task<string> WebAsync(Dictionary<string, string> web, string pin, bool others)
    {
        var entry = string.Join(", ", web.Select(pair => $"\"{pair.Key}\": {pair.Value}"));
        var other = others ? $", \"other\": {{ \"context\": \"other\", \"epoch\": {random.Next(100)} }}" : "";
        var images =
            random.Next(2) == 0
                ? $"\"web\": {{ {entry} }}{other}"
                : $"{other.TrimStart(',')}{(others ? "," : "")} \"web\": {{ {entry} }}";
        var tag = Tag(web["args"]);
        repository!
            .Write("lading.json", $"{{ \"images\": {{ {images} }}, \"project\": \"p\" }}")
            .Write(
                "lading.bases.json",
                $"{{ \"basesVersion\": 1, \"bases\": {{ \"example.com/base:{tag}\": {{ {pin} }}, \"example.com/unused\": {{ \"digest\": \"sha256:{new string((char)('a' + random.Next(6)), 64)}\" }} }} }}"
            )
            .Write("unread/z", $"{random.Next()}\n");
        await repository.CommitAsync("A definition");
        return (await repository.FingerprintsAsync())["web"];
    }

    private static string Tag(string args)
    {
        var from = args.IndexOf("\"V\": \"", StringComparison.Ordinal) + 6;
        return args[from..args.IndexOf('"', from)];
    }
}
