using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>How cdk starts the sample's app, in one of its languages.</summary>
internal sealed record SampleApp(string Command)
{
    private static readonly string Typescript = SourceTree.PathOf("samples/storefront/infra-ts");

    public static SampleApp CSharp { get; } = new(DeployedApp.App);

    // Absolute paths, as the working directory is the project's.
    public static SampleApp TypeScript { get; } =
        new($"node --import {Typescript}/node_modules/tsx/dist/loader.mjs {Typescript}/src/app.ts");

    /// <summary>
    /// Skips the test if the packages of the TypeScript app are missing; with LADING_REQUIRE_SERVERS=1, fails it.
    /// </summary>
    public static void RequireTypeScript()
    {
        if (!Directory.Exists(Path.Combine(Typescript, "node_modules", "lading-cdk", "dist")))
        {
            Requires.Missing("lading-cdk is not in the TypeScript sample", "Put it there: ./build test e2e");
        }
    }
}
