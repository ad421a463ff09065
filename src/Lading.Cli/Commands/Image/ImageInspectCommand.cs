using System.CommandLine;
using System.Text;
using System.Text.Json;
using Lading.Cli.Output;
using Lading.Oci;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image inspect</c>: describes an image.</summary>
internal static class ImageInspectCommand
{
    public static Command Create(VerbContext context)
    {
        var image = new Argument<string>("image") { Description = "The image." };
        var options = new LocationOptions();
        var raw = new Option<bool>("--raw") { Description = "Write the manifest, byte for byte." };
        var command = new Command("inspect", "Shows an image or index: digest, platforms, layers, configuration.");
        command.Arguments.Add(image);
        options.AddTo(command, withPlatform: true);
        command.Options.Add(raw);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var location = LocationOptions.Read(invocation.Value(image)!);
                using var places = new OpenedLocations(invocation, options.PlainHttp(invocation));
                var source = await places.OpenSourceAsync(location, cancellationToken).ConfigureAwait(false);
                var manifest = await source
                    .GetAsync(options.Platform(invocation), cancellationToken)
                    .ConfigureAwait(false);
                if (invocation.Value(raw))
                {
                    await invocation
                        .Host.Out.WriteAsync(Encoding.UTF8.GetString(manifest.Bytes.Span).AsMemory(), cancellationToken)
                        .ConfigureAwait(false);
                    return 0;
                }

                var view = await ViewAsync(source, manifest, cancellationToken).ConfigureAwait(false);
                view.Show(invocation);
                return 0;
            }
        );
        return command;
    }

    private static async Task<ImageScreen> ViewAsync(
        NamedImage source,
        ManifestContent manifest,
        CancellationToken cancellationToken
    )
    {
        byte[]? configuration = null;
        if (!manifest.IsIndex && manifest.Document.Config is { } config)
        {
            var bytes = await source.Repository.ReadBlobAsync(config, cancellationToken).ConfigureAwait(false);
            configuration = IsJson(bytes) ? bytes : null;
        }

        return new ImageScreen(source.Location, manifest, configuration);
    }

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            // The configuration of something other than an image.
            return false;
        }
    }
}
