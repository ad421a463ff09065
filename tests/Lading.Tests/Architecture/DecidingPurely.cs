using Lading.Retention;
using Lading.Retention.Deciding;

namespace Lading.Tests.Architecture;

/// <summary>Clean-up decides from evidence and policy alone: no file, no call, no clock, no randomness.</summary>
public sealed class DecidingPurely
{
    private static readonly string[] Outside = ["System.IO", "System.Net", "System.Threading"];

    [Fact]
    public void The_decision_about_images_names_nothing_that_reads_or_waits()
    {
        var deciding = typeof(RetentionRules)
            .Assembly.GetTypes()
            .Where(type => type == typeof(RetentionRules) || type.Namespace == typeof(ImageGraph).Namespace);

        var wrong =
            from type in deciding
            from named in ReferencedTypes.Of(type)
            where
                named == typeof(TimeProvider)
                || named == typeof(Random)
                || named == typeof(System.Diagnostics.Process)
                || named == typeof(System.Diagnostics.Stopwatch)
                || Outside.Any(each => named.Namespace?.StartsWith(each, StringComparison.Ordinal) == true)
            select $"{type.FullName} names {named.FullName}";

        Assert.Empty(wrong.Distinct().Order(StringComparer.Ordinal));
    }
}
