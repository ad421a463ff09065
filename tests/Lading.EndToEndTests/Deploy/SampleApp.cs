using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>The sample's app in one of its languages: how cdk starts it.</summary>
internal sealed record SampleApp(string Command)
{
    private static readonly string Typescript = SourceTree.PathOf("samples/storefront/infra-ts");

    public static SampleApp CSharp { get; } = new(DeployedApp.App);

    // Found from where the sources are; the working directory is that of the project.
    public static SampleApp TypeScript { get; } =
        new($"node --import {Typescript}/node_modules/tsx/dist/loader.mjs {Typescript}/src/app.ts");

    /// <summary>Skips the test where the packages of the TypeScript app are not there; with LADING_REQUIRE_SERVERS=1 it fails instead.</summary>
    public static void RequireTypeScript()
    {
        if (!Directory.Exists(Path.Combine(Typescript, "node_modules", "lading-cdk", "dist")))
        {
            Requires.Missing("lading-cdk is not in the TypeScript sample", "Put it there: ./build test e2e");
        }
    }
}
