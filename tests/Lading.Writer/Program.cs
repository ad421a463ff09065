using Lading.Layout;
using Lading.Oci;
using Lading.Writer;

// Puts images into a layout, each under a tag of its own and under one immutable tag that all writers want, and prints
// for each whether it won. Tests start several at once, and kill some.
var (layout, name, count) = (args[0], args[1], int.Parse(args[2], provider: null));
var contested = Tag.Parse("src-contested");
var repository = new ImageLayout(layout, isImmutable: _ => true);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, _) => stop.Cancel();
for (var i = 0; i < count; i++)
{
    var image = new SmallImage($"{name} {i}", layerSize: 64 * 1024);
    await image.PutAsync(repository, Tag.Parse($"{name}-{i}"), stop.Token).ConfigureAwait(false);
    try
    {
        await repository.PutManifestAsync(image.Manifest, contested, stop.Token).ConfigureAwait(false);
        await Console.Out.WriteLineAsync($"won {image.Digest}").ConfigureAwait(false);
    }
    catch (TagIsTakenException e)
    {
        await Console.Out.WriteLineAsync($"lost {e.Current}").ConfigureAwait(false);
    }
}
