using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Retention.Model;

/// <summary>What came out of a long run, written to where <c>LADING_SOAK_RESULTS</c> says, which is committed.</summary>
/// <param name="limit">How long it went on, and from which seed.</param>
/// <param name="lived">How many histories it lived.</param>
/// <param name="steps">How many steps each has.</param>
/// <param name="tally">What happened in them.</param>
internal sealed class ModelResult(SoakLimit limit, int lived, int steps, ModelTally tally)
{
    public string Summary =>
        FormattableString.Invariant(
            $"{lived:N0} histories: {tally[ModelEvent.Build]:N0} images built, {tally[ModelEvent.Deployment]:N0} releases, {tally[ModelEvent.Plan]:N0} plans, {tally[ModelEvent.Mark]:N0} images marked, {tally[ModelEvent.Deletion]:N0} deleted, none of them in use"
        );

    /// <summary>Writes it, where somebody asks for it.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("LADING_SOAK_RESULTS") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, await TextAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task<string> TextAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            # The long run of clean-up

            Written by `./build soak`. [docs/cleanup.md](../docs/cleanup.md#what-is-kept-and-why) says what
            happens in a history; `PruningAtRandom` is the test.

            {lived:N0} histories of {steps} steps, from seed {limit.Seed}, at commit
            `{await CommitAsync(cancellationToken)}`,
            in {limit.Elapsed.TotalSeconds:N0} s on {Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}).
            No image was deleted, or planned to be, that was in use, that one might go back to, or that an image
            in use needs. This repeats the run:

            ```
            LADING_SOAK_SEED={limit.Seed} ./build soak {lived} PruningAtRandom
            ```

            | what happened | times |
            |---|---:|

            """
        );
        foreach (var (happened, name) in ModelTally.Events)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {tally[happened]:N0} |\n");
        }

        return text.ToString();
    }

    /// <summary>What was tested: the commit, and whether something of the code was changed since.</summary>
    private static async Task<string> CommitAsync(CancellationToken cancellationToken)
    {
        var commit = await GitAsync("rev-parse", "HEAD");
        var changes = await GitAsync(
            "status",
            "--porcelain",
            "--",
            "src",
            "tests/Lading.Tests",
            "tests/Lading.Testing"
        );
        return changes.Length == 0 ? commit : $"{commit}, with changes";

        async Task<string> GitAsync(params IReadOnlyList<string> arguments)
        {
            var call = new ProgramCall("git", arguments) { WorkingDirectory = SourceTree.Root };
            var result = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken);
            return result.Text.Trim();
        }
    }
}
