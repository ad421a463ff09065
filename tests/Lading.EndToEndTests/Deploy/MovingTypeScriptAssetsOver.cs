using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>As with C#: the synthesizer asks <c>lading identify</c>, so the identities are the same.</summary>
public sealed class MovingTypeScriptAssetsOver(DeployedAlone alone, ContainerEngines engines)
    : MovingAssets(alone.App, engines),
        IClassFixture<DeployedAlone>
{
    private static string Packages => SourceTree.PathOf("samples/storefront/infra-ts/node_modules");

    private protected override string Prepare(DeployedApp app)
    {
        if (!Directory.Exists(Path.Combine(Packages, "lading-cdk", "dist")))
        {
            Requires.Missing("lading-cdk is not in the TypeScript sample", "Put it there: ./build test e2e");
        }

        var folder = Path.Combine(app.Repository.Folder, ".lading", "asset-app");
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Packages);
            File.Copy(SourceTree.PathOf("tests/Lading.AssetApp/app.ts"), Path.Combine(folder, "app.ts"));
        }

        return $"node --import {Packages}/tsx/dist/loader.mjs {folder}/app.ts";
    }
}
