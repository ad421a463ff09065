using Lading.Fingerprints;
using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// If a pin says which variables its image sets, arguments in paths are known (docs/fingerprint.md, version 2).
/// </summary>
public sealed class KnowingVariablesOfBases : IAsyncLifetime
{
    private const string Base = "eclipse-temurin:17";
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository
            .Write("lading.json", """{ "project": "p", "images": { "jar": { "context": "." } } }""")
            .Write("Dockerfile", $"FROM {Base}\nARG JAR_FILE=target/*.jar\nCOPY ${{JAR_FILE}} app.jar\n")
            .Write("target/app.jar", "jar\n")
            .Write("README.md", "read me\n");
    }

    public ValueTask DisposeAsync()
    {
        Repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_argument_that_the_base_does_not_set_is_known()
    {
        var before = await PinnedAsync("");
        var jar = await PinnedAsync(""", "env": { "JAVA_HOME": "/opt/java" }""");

        Assert.True(((BuiltInputs)before.Inputs).Narrowing.IsWhole);
        Assert.Equal(FingerprintVersion.First, before.Inputs.Version);
        Assert.Equal(["target/app.jar"], Files(jar));
        Assert.Equal(FingerprintVersion.Second, jar.Inputs.Version);
        Assert.Equal(before.Fingerprint, jar.Earlier);
    }

    [Theory]
    [InlineData(""""{ "JAR_FILE": "README.md" }"""")]
    [InlineData(""""{ "JAR_FILE": null }"""")]
    public async Task An_argument_that_the_base_sets_too_is_not_known(string env)
    {
        var jar = await PinnedAsync($""", "env": {env}""");

        Assert.True(((BuiltInputs)jar.Inputs).Narrowing.IsWhole);
        Assert.Equal(FingerprintVersion.First, jar.Inputs.Version);
    }

    [Fact]
    public async Task A_variable_that_the_base_sets_is_known()
    {
        Repository.Write("Dockerfile", $"FROM {Base} AS a\nFROM a\nCOPY $WHERE /\n");

        Assert.Equal(["README.md"], Files(await PinnedAsync(""", "env": { "WHERE": "README.md" }""")));
    }

    [Fact]
    public async Task An_image_that_is_narrowed_without_the_variable_keeps_its_identity()
    {
        Repository.Write("Dockerfile", $"FROM {Base}\nCOPY target/app.jar app.jar\n");

        var before = await PinnedAsync("");
        var after = await PinnedAsync(""", "env": { "JAVA_HOME": "/opt/java" }""");

        Assert.Equal(before.Fingerprint, after.Fingerprint);
        Assert.Equal(FingerprintVersion.First, after.Inputs.Version);
    }

    private async Task<ImageIdentity> PinnedAsync(string env)
    {
        var version = env.Length > 0 ? 2 : 1;
        Repository.Write(
            "lading.bases.json",
            $$"""{ "basesVersion": {{version}}, "bases": { "{{Base}}": { "digest": "sha256:{{new string('1', 64)}}", "onBuild": false{{env}} } } }"""
        );
        await Repository.CommitAsync("All");
        return Assert.Single(await Repository.IdentitiesAsync(revision: "HEAD"));
    }

    private static IEnumerable<string> Files(ImageIdentity image) =>
        ((BuiltInputs)image.Inputs).Files.List().Select(file => file.Path);
}
