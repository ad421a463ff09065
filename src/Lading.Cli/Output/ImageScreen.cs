using System.Text.Json;
using Lading.Cli.Commands;
using Lading.Oci;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The output of <c>lading image inspect</c> (docs/image.md, "JSON").</summary>
/// <param name="Location">The location as given.</param>
/// <param name="Manifest">Its manifest or index.</param>
/// <param name="Configuration">The bytes of its configuration; null for an index, or if there is none.</param>
internal sealed record ImageScreen(ImageLocation Location, ManifestContent Manifest, byte[]? Configuration)
{
    private IReadOnlyList<Descriptor> Layers => Manifest.Document.Layers ?? [];

    public void Show(Invocation invocation)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(ImageDocument.Of(this));
            return;
        }

        var facts = new TextTable()
            .Add("digest", Manifest.Digest.ToString())
            .Add("type", Markup.Escape(Manifest.MediaType));
        if (Manifest.Document.ArtifactType is { } type)
        {
            facts.Add("artifact", Markup.Escape(type));
        }

        if (Read() is { } read)
        {
            Describe(facts, read);
        }

        if (!Manifest.IsIndex)
        {
            facts.Add(
                "size",
                $"{Amount.OfBytes(Manifest.Blobs.Sum(blob => blob.Size))} in {Layers.Count} layer{(Layers.Count == 1 ? "" : "s")}"
            );
        }

        invocation.Terminal.ResultTable(facts);
        var items = new TextTable();
        foreach (var child in Manifest.Children)
        {
            items.Add(
                Markup.Escape(child.Platform?.ToString() ?? child.ArtifactType ?? child.MediaType),
                child.Digest.ToString()
            );
        }

        foreach (var layer in Layers)
        {
            items.Add(Amount.OfBytes(layer.Size), layer.Digest.ToString(), Markup.Escape(layer.MediaType));
        }

        invocation.Terminal.Result("");
        invocation.Terminal.ResultTable(items);
    }

    private static void Describe(TextTable facts, ImageConfiguration read)
    {
        facts.Add("platform", Markup.Escape(read.Platform.ToString()));
        Add("created", read.Created);
        Add("user", read.Config?.User);
        Add("workdir", read.Config?.WorkingDir);
        Add("entrypoint", Words(read.Config?.Entrypoint));
        Add("cmd", Words(read.Config?.Cmd));

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                facts.Add(name, Markup.Escape(value));
            }
        }
    }

    private static string? Words(IReadOnlyList<string>? words) => words is null ? null : string.Join(' ', words);

    private ImageConfiguration? Read()
    {
        try
        {
            var read = Configuration is null
                ? null
                : JsonSerializer.Deserialize(Configuration, OciJson.Default.ImageConfiguration);
            return read is { Os: not "" } ? read : null;
        }
        catch (JsonException)
        {
            // The configuration of something other than an image.
            return null;
        }
    }
}
