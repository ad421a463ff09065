using Lading.Cli.Commands;
using Lading.Cli.Commands.Deploy;
using Lading.Configuration;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>What <c>deploy</c> says around what <c>publish</c> and cdk say themselves.</summary>
internal static class DeployScreen
{
    /// <summary>A dry run ends here: templates name digests, and there are none yet.</summary>
    public static void NotSynthesized(
        Invocation invocation,
        EnvironmentDefinition environment,
        IReadOnlyList<PlannedImage> missing
    )
    {
        var names = string.Join(", ", missing.Select(image => image.Name));
        if (invocation.Json)
        {
            invocation.Terminal.Result(DeployDocument.Of(environment, [], [], missing, isDeployed: false));
            return;
        }

        invocation.Terminal.Result(
            $"  {names} would be published first; what the templates would change is known once {(missing.Count == 1 ? "it is" : "they are")}"
        );
    }

    /// <summary>All that does not hold, and the exit code.</summary>
    public static void Refused(Invocation invocation, CheckReport report)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(CheckDocument.Of(report));
            return;
        }

        CheckScreen.Show(invocation.Terminal, report);
        invocation.Terminal.Narrate("  Nothing was deployed.");
    }

    /// <summary>What is going to be deployed.</summary>
    public static void Checked(
        Invocation invocation,
        EnvironmentDefinition environment,
        StackSelection selection,
        CheckReport report,
        CdkProgram cdk
    )
    {
        var count = report.Results.Count;
        var stacks = string.Join(", ", selection.Named.Select(stack => stack.Name));
        foreach (var stack in selection.LeftOut)
        {
            invocation.Terminal.Narrate(
                $"  not deployed: {stack.Name}, which {stack.Reason}. To deploy it, name it: lading deploy {stack.Name} --env {environment.Name}"
            );
        }

        foreach (var stack in selection.Borrowed)
        {
            invocation.Terminal.Warn($"{stack.Name} {stack.Reason}, and gets the images of {environment.Name}.");
        }

        var version = cdk.Version is { } known ? $" with cdk {known}" : "";
        invocation.Terminal.Narrate(
            $"  {stacks} · {(count == 1 ? "1 image holds" : $"{count} images hold")} · to {PlaceOf(environment)}{version}"
        );
    }

    /// <summary>That it is done.</summary>
    public static void Done(
        Invocation invocation,
        EnvironmentDefinition environment,
        DeployWish wish,
        IReadOnlyList<string> stacks,
        IReadOnlyList<PublishedImage> published,
        TimeSpan took
    )
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(
                DeployDocument.Of(environment, stacks, published, [], !wish.IsDry && !wish.Cdk.IsPreparing)
            );
            return;
        }

        var names = string.Join(", ", stacks);
        invocation.Terminal.Result(
            wish.IsDry ? $"  nothing was changed; this is what deploying {names} to {environment.Name} would do"
            : wish.Cdk.IsPreparing ? $"  prepared {names} for {environment.Name} · {Amount.OfTime(took)}"
            : $"  deployed {names} to {environment.Name} · {Amount.OfTime(took)}"
        );
    }

    private static string PlaceOf(EnvironmentDefinition environment) =>
        environment.Account is { } account
            ? $"{environment.Name} ({account}{(environment.Region is { } region ? $", {region}" : "")})"
            : environment.Name;
}
