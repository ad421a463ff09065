using Lading.Testing;

namespace Lading.Tests.Diagnosis;

/// <summary>The whole tool looks at programs that print what real ones print.</summary>
public sealed class LookingAfterTools : IAsyncLifetime
{
    private ExaminedFolder folder = null!;

    public async ValueTask InitializeAsync() => folder = await ExaminedFolder.CreateAsync();

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Programs_on_the_PATH_are_queried()
    {
        folder.Project().Program("lading", "echo 0.1.0");
        folder
            .Repository.Write("cdk.json", """{ "app": "dotnet run --project src/Infra" }""")
            .Write("global.json", "{}")
            .Write("bin/lading", "");
        folder.Program("dotnet", "echo 'Requested SDK version: 99.0.100' >&2; exit 145");

        var run = (await folder.DoctorAsync("dotnet", "lading-path", "--verbose")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "✗ no .NET SDK fits the CDK app: Requested SDK version: 99.0.100",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(": install the one that global.json names", run.Out, StringComparison.Ordinal);
        Assert.Contains("lading 0.1.0 in ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_docker_without_BuildKit_is_reported()
    {
        folder.Project().Program("docker", "[ \"$1\" = buildx ] && exit 1; echo 27.1.1");

        var run = (await folder.DoctorAsync("docker-buildkit")).Succeeded();

        Assert.Contains("! docker has no buildx", run.Out, StringComparison.Ordinal);
        Assert.Contains(": install docker-buildx-plugin (Debian: docker-buildx)", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_accident_is_found_wherever_it_is()
    {
        folder
            .Repository.Write("node_modules/aws-cdk/package.json", """{ "name": "aws-cdk", "version": "3.0.0" }""")
            .Write("package-lock.json", """{ "packages": { "node_modules/aws-cdk": { "version": "3.0.0" } } }""")
            .Write("yarn.lock", "aws-cdk@latest:\n  version \"3.0.0\"\n")
            .Write("pnpm-lock.yaml", "packages:\n\n  aws-cdk@3.0.0:\n    resolution: {}\n");

        var run = (await folder.DoctorAsync("cdk-accident")).Failed(FailureKind.CheckFailed);

        Assert.All(
            [
                "node_modules/aws-cdk,",
                "package-lock.json,",
                "yarn.lock,",
                "pnpm-lock.yaml was",
                ": npm install --save-dev aws-cdk@2  (",
            ],
            place => Assert.Contains(place, run.Out, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_command_line_that_cannot_read_the_assembly_is_broken()
    {
        folder
            .Repository.Write("cdk.json", """{ "app": "npx tsx app.ts" }""")
            .Write("node_modules/.bin/cdk", "")
            .Write(
                "node_modules/aws-cdk/package.json",
                """{ "name": "aws-cdk", "version": "2.100.0", "devDependencies": { "@aws-cdk/cloud-assembly-schema": ">=36.0.0" } }"""
            )
            .Write("cdk.out/manifest.json", """{ "version": "48.0.0", "minimumCliVersion": "2.1033.0" }""");

        var run = (await folder.DoctorAsync("cdk-version")).Failed(FailureKind.CheckFailed);
        Assert.Contains("✗ cdk 2.100.0 reads assemblies up to version 36, and ", run.Out, StringComparison.Ordinal);

        folder.Repository.Write(
            "cdk.out/manifest.json",
            """{ "version": "36.0.0", "minimumCliVersion": "2.1033.0" }"""
        );
        run = (await folder.DoctorAsync("cdk-version")).Succeeded();
        Assert.Contains("✓ 1 check", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("older than", run.Out, StringComparison.Ordinal);

        // What it reads is not known.
        folder.Repository.Write("node_modules/aws-cdk/package.json", """{ "name": "aws-cdk", "version": "2.100.0" }""");
        run = (await folder.DoctorAsync("cdk-version")).Succeeded();
        Assert.Contains("! cdk 2.100.0 is older than 2.1033.0, which ", run.Out, StringComparison.Ordinal);
    }
}
