using System.Collections.Concurrent;
using System.Text.Json;
using Lading.Processes;
using Xunit;

namespace Lading.Testing;

/// <summary>Reads YAML as JSON, with the Python that moto needs too.</summary>
internal static class YamlFile
{
    // YAML 1.1 reads "on" as true, and GitLab interprets tags itself.
    private const string Script = """
        import json, sys, yaml
        class Loader(yaml.SafeLoader): pass
        Loader.add_multi_constructor('!', lambda loader, tag, node: loader.construct_sequence(node))
        for first, those in list(Loader.yaml_implicit_resolvers.items()):
            Loader.yaml_implicit_resolvers[first] = [(t, r) for t, r in those if t != 'tag:yaml.org,2002:bool']
        Loader.add_implicit_resolver('tag:yaml.org,2002:bool', __import__('re').compile('^(?:true|false)$'), list('tf'))
        json.dump(list(yaml.load_all(open(sys.argv[1], encoding='utf-8'), Loader)), sys.stdout)
        """;

    // The project's own files do not change while its tests run, and each start of Python takes a second.
    private static readonly ConcurrentDictionary<string, Task<IReadOnlyList<JsonElement>>> Known = new(
        StringComparer.Ordinal
    );

    /// <summary>The documents of a file; skips the test if Python has no YAML module.</summary>
    public static Task<IReadOnlyList<JsonElement>> ReadAllAsync(string path) =>
        path.StartsWith(SourceTree.Root, StringComparison.Ordinal) ? Known.GetOrAdd(path, ReadAsync) : ReadAsync(path);

    private static async Task<IReadOnlyList<JsonElement>> ReadAsync(string path)
    {
        var result = await ProgramRunner.RunAsync(
            new ProgramCall("python3", "-c", Script, path),
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        if (result.Error.Contains("No module named 'yaml'", StringComparison.Ordinal))
        {
            Requires.Missing("the Python module 'yaml' is not installed", "Install it: python3 -m pip install pyyaml");
        }

        Assert.True(result.ExitCode == 0, $"{path}: {result.Error}");
        return [.. JsonDocument.Parse(result.Output).RootElement.EnumerateArray()];
    }
}
