using System.CommandLine;
using System.Text.Json.Nodes;
using Lading.Fingerprints;

namespace Lading.Cli.Commands;

/// <summary>
/// <c>lading identify</c>: computes the identity of an image asset, for the <c>LadingSynthesizer</c> in languages that
/// cannot compute it. Only the construct libraries call it, so the help does not list it.
/// </summary>
internal static class IdentifyCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("identify", "Computes the identity of an image asset that a CDK app staged.")
        {
            Hidden = true,
        };
        context.OnRun(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var host = invocation.Host;
        var asset = AssetIdentityRequest.Parse(await host.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false));
        var fingerprint = await asset.AnswerAsync(host.WorkingDirectory, cancellationToken).ConfigureAwait(false);
        invocation.Terminal.Result(new JsonObject { ["fingerprint"] = fingerprint.Hex }.ToJsonString());
        return 0;
    }
}
