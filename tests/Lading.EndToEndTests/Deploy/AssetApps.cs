using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>How cdk starts the app of <c>tests/Lading.AssetApp</c>, in each language.</summary>
internal static class AssetApps
{
    private static string Packages => SourceTree.PathOf("samples/storefront/infra-ts/node_modules");

    public static string CSharp =>
        $"dotnet {SourceTree.PathOf("tests/Lading.AssetApp/bin/Debug/net10.0/Lading.AssetApp.dll")}";

    /// <summary>
    /// Copies a TypeScript app next to the packages that it uses, and returns the command that starts it.
    /// </summary>
    public static string PrepareTypeScript(DeployedApp app, string file = "app.ts")
    {
        SampleApp.RequireTypeScript();
        var folder = Path.Combine(app.Repository.Folder, ".lading", "asset-app");
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Packages);
        }

        File.Copy(SourceTree.PathOf($"tests/Lading.AssetApp/{file}"), Path.Combine(folder, file), overwrite: true);
        return $"node --import {Packages}/tsx/dist/loader.mjs {folder}/{file}";
    }
}
