using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>The public surface is reviewed as text: changing it changes a file beside this test.</summary>
public sealed class ShowingASurface
{
    [Theory]
    [InlineData("Lading.Core")]
    [InlineData("Lading.Cdk")]
    public async Task It_matches_the_reviewed_text(string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var path = SourceTree.PathOf($"tests/Lading.Tests/Architecture/PublicSurface/{name}.txt");
        var surface = PublicSurface.Of(Sources.Assemblies.Single(assembly => assembly.GetName().Name == name));
        if (Environment.GetEnvironmentVariable("LADING_ACCEPT_SURFACE") == "1")
        {
            await File.WriteAllTextAsync(path, surface, cancellationToken);
        }

        var reviewed = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : "";
        Assert.True(
            reviewed == surface,
            $"""
            The public surface of {name} differs from {path}.
            Where that is meant: LADING_ACCEPT_SURFACE=1 writes the file, to be reviewed and committed. New, then gone:
            {string.Join('\n', surface.Split('\n').Except(reviewed.Split('\n')).Select(line => "+ " + line))}
            {string.Join('\n', reviewed.Split('\n').Except(surface.Split('\n')).Select(line => "- " + line))}
            """
        );
    }

    [Theory]
    [InlineData("Lading.Aws")]
    [InlineData("Lading.Server")]
    [InlineData("lading")]
    public void An_assembly_that_is_not_a_library_shows_nothing(string name) =>
        Assert.Equal("", PublicSurface.Of(Sources.Assemblies.Single(assembly => assembly.GetName().Name == name)));
}
