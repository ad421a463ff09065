using Lading.Cli.Commands;
using Lading.Oci;

namespace Lading.Cli.Output;

/// <summary>What <c>lading image list</c> shows (docs/image.md, "JSON").</summary>
/// <param name="Location">As it was named.</param>
/// <param name="Tags">In byte order; digests where they were asked for.</param>
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
            // Registries differ in whether they know a repository without tags.
            invocation.Terminal.Narrate($"  no tags in {Location}");
            return;
        }

        // For other programs to read: nothing but names where nothing else was asked for.
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
