using Lading.Cli.Commands;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The output of <c>lading image push|pull|copy</c>: the image's new location and digest (docs/image.md, "JSON").</summary>
internal sealed record CopyScreen(
    ImageLocation Source,
    ImageLocation Target,
    Tag? Tag,
    CopyResult Result,
    int Referrers,
    TimeSpan Took
)
{
    private ImageLocation Shown => Target with { Tag = Tag, Digest = Result.Manifest.Digest };

    public void Show(Invocation invocation)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(CopyDocument.Of(this));
            return;
        }

        invocation.Terminal.Result(Shown.ToString());
        string[] parts =
        [
            Moved(),
            .. Result.BytesThere > 0 ? [$"{Amount.OfBytes(Result.BytesThere)} already there"] : Array.Empty<string>(),
            .. Referrers > 0 ? [$"{Referrers} referrer{(Referrers == 1 ? "" : "s")}"] : Array.Empty<string>(),
            Amount.OfTime(Took),
        ];
        invocation.Terminal.Narrate("  " + string.Join(" · ", parts));
    }

    private string Moved() =>
        Result switch
        {
            { IsSettled: true } => "already there, nothing sent",
            { IsThere: true } => $"already there, tag {Tag} put",
            _ => $"{Amount.OfBytes(Result.BytesSent)} moved",
        };
}
