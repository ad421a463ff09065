using System.Text.Json.Nodes;
using Lading.Testing;
using Lading.Tests.Cdk;

namespace Lading.Tests.Conformance;

/// <summary>Tests the C# library against <c>conformance/</c>, as TypeScript and Python test theirs.</summary>
[Collection(JsiiCollection.Name)]
public sealed class KeepingTheVectors
{
    public static TheoryData<string> Names { get; } = [.. Vector.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_library_gives_what_the_vector_says(string name)
    {
        var vector = Vector.All[name];
        using var folder = new TestFolder();
        foreach (var (path, content) in Vector.Members(vector.Json["files"]))
        {
            var file = Path.Combine(folder.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content is JsonValue ? Vector.Text(content)! : content!.ToJsonString());
        }

        var expected = vector.Expected(folder.Path);
        var outcome = new VectorOutcome(new VectorApp(vector.Json, folder.Path), expected).ToJson();

        Assert.True(
            JsonNode.DeepEquals(expected, outcome),
            $"expected: {expected.ToJsonString(Vector.Plain)}\nactual: {outcome.ToJsonString(Vector.Plain)}"
        );
    }
}
