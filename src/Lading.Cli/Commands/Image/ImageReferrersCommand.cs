using System.CommandLine;
using Lading.Cli.Output;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image referrers</c>: signatures, attestations and the like that refer to an image.</summary>
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
                using var places = new OpenedLocations(invocation, options.PlainHttp(invocation));
                var source = await places.OpenSourceAsync(location, cancellationToken).ConfigureAwait(false);
                var digest =
                    source.Reference.Digest is { } named && options.Platform(invocation) is null
                        ? named
                        : (
                            await source.GetAsync(options.Platform(invocation), cancellationToken).ConfigureAwait(false)
                        ).Digest;
                var referrers = await source
                    .Repository.ListReferrersAsync(digest, cancellationToken)
                    .ConfigureAwait(false);
                var wanted = invocation.Value(type);
                new ReferrersScreen(
                    location,
                    digest,
                    [.. referrers.Where(referrer => wanted is null || referrer.ArtifactType == wanted)]
                ).Show(invocation);
                return 0;
            }
        );
        return command;
    }
}
