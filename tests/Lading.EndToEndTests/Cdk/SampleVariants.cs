using System.Text.Json.Nodes;
using Lading.Testing;

namespace Lading.EndToEndTests.Cdk;

/// <summary>
/// The sample in all its variants, each synthesized once in each language, without the CDK command line. That starts
/// apps in the same way, with the context and the output folder in environment variables. The TypeScript app makes all
/// of them in one process.
/// </summary>
public sealed class SampleVariants : IAsyncLifetime
{
    private readonly Storefront storefront = new();

    // Without a lock: the tests of a class run one at a time.
    private IReadOnlyDictionary<string, Synthesis>? csharp;
    private IReadOnlyDictionary<string, Synthesis>? typescript;

    /// <summary>The sample, for other syntheses.</summary>
    public Storefront Storefront => storefront;

    public ValueTask InitializeAsync() => storefront.InitializeAsync();

    public ValueTask DisposeAsync() => storefront.DisposeAsync();

    /// <summary>What the C# app synthesizes.</summary>
    public async Task<Synthesis> InCSharpAsync(string variant)
    {
        storefront.Require();
        csharp ??= await SynthesizeInCSharpAsync();
        return csharp[variant];
    }

    /// <summary>What the TypeScript app synthesizes.</summary>
    public async Task<Synthesis> InTypeScriptAsync(string variant)
    {
        storefront.Require();
        typescript ??= await SynthesizeInTypeScriptAsync();
        return typescript[variant];
    }

    /// <summary>Synthesizes once more in C#, with the locks in the sample's own folder.</summary>
    public Task<Synthesis> SynthesizeAgainAsync(params IReadOnlyList<KeyValuePair<string, JsonNode?>> context) =>
        SynthesizeInCSharpAsync(new JsonObject(context));

    private async Task<IReadOnlyDictionary<string, Synthesis>> SynthesizeInCSharpAsync()
    {
        var made = new Dictionary<string, Synthesis>(StringComparer.Ordinal);
        foreach (var (name, variant) in SampleVariant.All)
        {
            made[name] = await SynthesizeInCSharpAsync(variant.WriteTo(storefront.NewFolder()));
        }

        return made;
    }

    private async Task<Synthesis> SynthesizeInCSharpAsync(JsonObject context)
    {
        var output = storefront.NewFolder();
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CDK_OUTDIR"] = output,
            ["CDK_CONTEXT_JSON"] = context.ToJsonString(),
        };
        await storefront.StartAsync("dotnet", [Storefront.Infra], "", variables);
        return Synthesis.In(output);
    }

    private async Task<IReadOnlyDictionary<string, Synthesis>> SynthesizeInTypeScriptAsync()
    {
        var outputs = SampleVariant.All.ToDictionary(
            pair => pair.Key,
            _ => storefront.NewFolder(),
            StringComparer.Ordinal
        );
        var asked = SampleVariant.All.Select(pair => new JsonObject
        {
            ["output"] = outputs[pair.Key],
            ["context"] = pair.Value.WriteTo(storefront.NewFolder()),
        });
        await storefront.StartAsync(
            "node",
            ["--import", "tsx", SourceTree.PathOf("tests/Lading.EndToEndTests/Cdk/synthesize-all.mjs"), "src/app.ts"],
            "infra-ts",
            new Dictionary<string, string?>(StringComparer.Ordinal),
            new JsonArray([.. asked]).ToJsonString()
        );
        return outputs.ToDictionary(pair => pair.Key, pair => Synthesis.In(pair.Value), StringComparer.Ordinal);
    }
}
