using System.CommandLine;
using System.Text;
using Lading.Cli.Output;
using Lading.Locations;

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
                using var locations = options.Open(invocation);
                var isRaw = invocation.Value(raw);
                var (manifest, configuration) = await new LocatedImages(locations)
                    .InspectAsync(location, options.Platform(invocation), !isRaw, cancellationToken)
                    .ConfigureAwait(false);
                if (isRaw)
                {
                    await invocation
                        .Host.Out.WriteAsync(Encoding.UTF8.GetString(manifest.Bytes.Span).AsMemory(), cancellationToken)
                        .ConfigureAwait(false);
                    return 0;
                }

                new ImageScreen(location, manifest, configuration).Show(invocation);
                return 0;
            }
        );
        return command;
    }
}
