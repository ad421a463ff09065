using System.CommandLine;
using Lading.Cli.Output;
using Lading.Locations;

namespace Lading.Cli.Commands.Image;

/// <summary>
/// <c>lading image referrers</c>: lists the referrers of an image, such as signatures and attestations.
/// </summary>
internal static class ImageReferrersCommand
{
    public static Command Create(VerbContext context)
    {
        var image = new Argument<string>("image") { Description = "The image." };
        var options = new LocationOptions();
        var type = new Option<string?>("--artifact-type")
        {
            Description = "Only those of this type.",
            HelpName = "type",
        };
        var command = new Command("referrers", "Lists what refers to an image: signatures, attestations, SBOMs.");
        command.Arguments.Add(image);
        options.AddTo(command, withPlatform: true);
        command.Options.Add(type);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var location = LocationOptions.Read(invocation.Value(image)!);
                using var locations = options.Open(invocation);
                var (subject, referrers) = await new LocatedImages(locations)
                    .ListReferrersAsync(
                        location,
                        options.Platform(invocation),
                        invocation.Value(type),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                new ReferrersScreen(location, subject, referrers).Show(invocation);
                return 0;
            }
        );
        return command;
    }
}
