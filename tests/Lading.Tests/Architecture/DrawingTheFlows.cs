using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>The flows that docs/internals.md draws are those of the code: a type further in is called by the one above it.</summary>
public sealed class DrawingTheFlows
{
    private static readonly Dictionary<string, Type> Types = Sources
        .Assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.DeclaringType is null && !type.Name.Contains('<', StringComparison.Ordinal))
        .DistinctBy(type => type.Name)
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    [Theory]
    [InlineData("PublishCommand", 20)]
    [InlineData("CheckCommand", 14)]
    [InlineData("LadingImage", 11)]
    public async Task Each_hop_is_a_call(string first, int least)
    {
        var page = await File.ReadAllLinesAsync(
            SourceTree.PathOf("docs/internals.md"),
            TestContext.Current.CancellationToken
        );
        var drawing = page.SkipWhile(line => !line.StartsWith(first + " ", StringComparison.Ordinal))
            .TakeWhile(line => line != "```")
            .ToList();
        var hops = HopsOf(drawing);

        Assert.InRange(hops.Count, least, int.MaxValue);
        Assert.All(hops, hop => Assert.True(Calls(hop.From, hop.To), $"{hop.From} does not call {hop.To}"));
    }

    [Fact]
    public void What_is_further_in_is_called_by_the_line_above() =>
        Assert.Equal(
            [("A", "B"), ("B", "C"), ("B", "D"), ("A", "E")],
            HopsOf(["A   the first", "  B", "    C, D   two", "  E"])
        );

    private static List<(string From, string To)> HopsOf(IReadOnlyList<string> drawing)
    {
        var hops = new List<(string, string)>();
        var above = new Stack<(int Depth, string Name)>();
        foreach (var line in drawing)
        {
            var depth = line.Length - line.TrimStart().Length;
            var names = line.TrimStart().Split("  ")[0].Split(", ");
            while (above.TryPeek(out var last) && last.Depth >= depth)
            {
                above.Pop();
            }

            if (above.TryPeek(out var caller))
            {
                hops.AddRange(names.Select(name => (caller.Name, name)));
            }

            above.Push((depth, names[0]));
        }

        return hops;
    }

    private static IEnumerable<Type> Within(Type type) =>
        type.GetNestedTypes(System.Reflection.BindingFlags.NonPublic).SelectMany(Within).Prepend(type);

    /// <summary>In its own code or in what the compiler made of it, by its name or by an interface.</summary>
    private static bool Calls(string from, string to)
    {
        Type caller = Types[from],
            called = Types[to];
        var named = Within(caller).SelectMany(ReferencedTypes.Of).ToHashSet();
        return named.Contains(called) || called.GetInterfaces().Any(named.Contains);
    }
}
