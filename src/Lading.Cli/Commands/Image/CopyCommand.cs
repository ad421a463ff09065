using System.CommandLine;
using Lading.Cli.Output;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image push|pull|copy</c>.</summary>
internal static class CopyCommand
{
    public static Command Create(VerbContext context, CopyVerb verb)
    {
        var source = new Argument<string>("source") { Description = "The image." };
        var target = new Argument<string>("target")
        {
            Description = "Where it goes; it keeps its tag where none is given here, and always its digest.",
        };
        var options = new PlaceOptions();
        var referrers = new Option<bool>("--referrers")
        {
            Description = "Copy signatures, attestations and bills of materials, too.",
        };
        var immutable = new Option<bool>("--immutable")
        {
            Description = "Fail where the tag stands on another digest, also where the registry would move it.",
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
                var wish = new CopyArguments(
                    PlaceOptions.Read(invocation.Value(source)!),
                    PlaceOptions.Read(invocation.Value(target)!),
                    options.Platform(invocation),
                    invocation.Value(referrers),
                    invocation.Value(immutable) ? TagRule.Keep : TagRule.Move
                );
                verb.Require(wish.Source, wish.Target);
                return RunAsync(invocation, wish, options.PlainHttp(invocation), cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        CopyArguments wish,
        bool plainHttp,
        CancellationToken cancellationToken
    )
    {
        var started = invocation.Host.Time.GetTimestamp();
        using var places = new ImagePlaces(invocation, plainHttp);
        var source = await places.OpenSourceAsync(wish.Source, cancellationToken).ConfigureAwait(false);
        var manifest = await source.GetAsync(wish.Platform, cancellationToken).ConfigureAwait(false);
        wish.RequireDigest(manifest.Digest);
        using var target = await places.OpenTargetAsync(wish.Target, cancellationToken).ConfigureAwait(false);
        var request = new CopyRequest(source.Repository, manifest, target.Repository)
        {
            Tag = wish.TagOf(source.Tag),
            Rule = wish.Rule,
        };
        var screen = new CopyScreen(invocation.Terminal);
        var (result, referrers) = await screen
            .ShowAsync(async progress =>
            {
                var copied = await ImageCopy.RunAsync(request, progress, cancellationToken).ConfigureAwait(false);
                var others = wish.WithReferrers
                    ? await new ReferrerCopy(request.Source, request.Target)
                        .RunAsync(manifest, cancellationToken)
                        .ConfigureAwait(false)
                    : 0;
                await target.CompleteAsync(manifest, cancellationToken).ConfigureAwait(false);
                return (copied, others);
            })
            .ConfigureAwait(false);
        var outcome = new CopiedScreen(
            wish.Source,
            wish.Target,
            request.Tag,
            result,
            referrers,
            invocation.Host.Time.GetElapsedTime(started)
        );
        outcome.Show(invocation);
        return 0;
    }
}
