using Lading.Checking;
using Lading.Cli.Commands;
using Lading.Cli.Commands.Deploy;
using Lading.Configuration;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>What <c>deploy</c> says around what <c>publish</c> and cdk say themselves.</summary>
internal static class DeployScreen
{
    /// <summary>What a dry run would publish first, and what stands for it in the templates.</summary>
    public static void Forecast(Invocation invocation, IReadOnlyList<PlannedImage> missing)
    {
        var unbuilt = missing.Where(image => image.Digest is null).Select(image => image.Name).ToList();
        var names = string.Join(", ", missing.Select(image => image.Name));
        invocation.Terminal.Narrate(
            unbuilt.Count == 0
                ? $"  {names} would be published first"
                : $"  {names} would be published first; what only a build tells, the digest of {string.Join(", ", unbuilt)}, is {Identifiers.Short(Shipping.Forecast.Placeholder)} below"
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
            $"  {stacks} · {(count == 1 ? "1 image ok" : $"{count} images ok")} · to {PlaceOf(environment)}{version}"
        );
    }

    /// <summary>That it is done.</summary>
    public static void Done(
        Invocation invocation,
        EnvironmentDefinition environment,
        DeployRequest request,
        IReadOnlyList<string> stacks,
        DeployedImages images,
        TimeSpan took
    )
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(
                DeployDocument.Of(
                    environment,
                    stacks,
                    images.Published,
                    images.Missing,
                    !request.IsDry && !request.Cdk.IsPreparing
                )
            );
            return;
        }

        var names = string.Join(", ", stacks);
        invocation.Terminal.Result(
            request.IsDry ? $"  nothing was changed; this is what deploying {names} to {environment.Name} would do"
            : request.Cdk.IsPreparing ? $"  prepared {names} for {environment.Name} · {Amount.OfTime(took)}"
            : $"  {environment.Name} is up to date: {names} · {Amount.OfTime(took)}"
        );
    }

    private static string PlaceOf(EnvironmentDefinition environment) =>
        environment.Account is { } account
            ? $"{environment.Name} ({account}{(environment.Region is { } region ? $", {region}" : "")})"
            : environment.Name;
}
