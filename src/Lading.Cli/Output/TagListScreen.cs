using Lading.Cli.Commands;
using Lading.Oci;

namespace Lading.Cli.Output;

/// <summary>The output of <c>lading image list</c> (docs/image.md, "JSON").</summary>
/// <param name="Location">As it was named.</param>
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
            // Registries differ in whether a repository can exist without tags.
            invocation.Terminal.Narrate($"  no tags in {Location}");
            return;
        }

        // For other programs: only names unless more was requested.
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
