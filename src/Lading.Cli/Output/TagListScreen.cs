using Lading.Cli.Commands;
using Lading.Oci;

namespace Lading.Cli.Output;

/// <summary>The output of <c>lading image list</c> (docs/image.md, "JSON").</summary>
/// <param name="Location">The repository as given.</param>
/// <param name="Tags">The tags in byte order, with digests if requested.</param>
internal sealed record TagListScreen(ImageLocation Location, IReadOnlyList<(Tag Tag, Digest? Digest)> Tags)
{
    public void Show(Invocation invocation)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(TagListDocument.Of(this));
            return;
        }

        if (Tags.Count == 0)
        {
            // Whether a repository can exist without tags depends on the registry.
            invocation.Terminal.Narrate($"  no tags in {Location}");
            return;
        }

        // Only names unless digests were requested, so that other programs can read the output.
        if (Tags.All(item => item.Digest is null))
        {
            foreach (var (tag, _) in Tags)
            {
                invocation.Terminal.Result(tag.Name);
            }

            return;
        }

        var table = new TextTable();
        foreach (var (tag, digest) in Tags)
        {
            table.Add(tag.Name, digest?.ToString() ?? "deleted meanwhile");
        }

        invocation.Terminal.ResultTable(table);
    }
}
