using System.CommandLine;
using Lading.Cli.Output;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image push|pull|copy</c>.</summary>
internal static class ImageCopyCommand
{
    public static Command Create(VerbContext context, ImageCopyVerb verb)
    {
        var source = new Argument<string>("source") { Description = "The image." };
        var target = new Argument<string>("target")
        {
            Description = "Where it goes. It keeps its digest, and its tag unless you give another.",
        };
        var options = new LocationOptions();
        var referrers = new Option<bool>("--referrers")
        {
            Description = "Also copy signatures, attestations and SBOMs.",
        };
        var immutable = new Option<bool>("--immutable")
        {
            Description = "Fail if the tag points to another digest already, even if the registry would move it.",
        };
        var command = new Command(verb.Name, verb.Description);
        command.Arguments.Add(source);
        command.Arguments.Add(target);
        options.AddTo(command, withPlatform: true);
        command.Options.Add(referrers);
        command.Options.Add(immutable);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
            {
                var arguments = new CopyArguments(
                    LocationOptions.Read(invocation.Value(source)!),
                    LocationOptions.Read(invocation.Value(target)!),
                    options.Platform(invocation),
                    invocation.Value(referrers),
                    invocation.Value(immutable) ? TagRule.Keep : TagRule.Move
                );
                verb.Require(arguments.Source, arguments.Target);
                return RunAsync(invocation, arguments, options.PlainHttp(invocation), cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        CopyArguments arguments,
        bool plainHttp,
        CancellationToken cancellationToken
    )
    {
        var started = invocation.Host.Time.GetTimestamp();
        using var places = new OpenedLocations(invocation, plainHttp);
        var source = await places.OpenSourceAsync(arguments.Source, cancellationToken).ConfigureAwait(false);
        var manifest = await source.GetAsync(arguments.Platform, cancellationToken).ConfigureAwait(false);
        arguments.RequireDigest(manifest.Digest);
        using var target = await places.OpenTargetAsync(arguments.Target, cancellationToken).ConfigureAwait(false);
        var request = new CopyRequest(source.Repository, manifest, target.Repository)
        {
            Tag = arguments.TagOf(source.Tag),
            Rule = arguments.Rule,
        };
        var screen = new CopyProgressScreen(invocation.Terminal);
        var (result, referrers) = await screen
            .ShowAsync(async progress =>
            {
                var copied = await ImageCopy.RunAsync(request, progress, cancellationToken).ConfigureAwait(false);
                var others = arguments.WithReferrers
                    ? await new ReferrerCopy(request.Source, request.Target)
                        .RunAsync(manifest, cancellationToken)
                        .ConfigureAwait(false)
                    : 0;
                await target.CompleteAsync(manifest, cancellationToken).ConfigureAwait(false);
                return (copied, others);
            })
            .ConfigureAwait(false);
        var outcome = new CopyScreen(
            arguments.Source,
            arguments.Target,
            request.Tag,
            result,
            referrers,
            invocation.Host.Time.GetElapsedTime(started)
        );
        outcome.Show(invocation);
        return 0;
    }
}
