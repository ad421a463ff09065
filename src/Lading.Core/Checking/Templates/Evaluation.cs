namespace Lading.Checking.Templates;

/// <summary>
/// How far one value of a template has been worked out. Templates may refer to themselves in circles, also by way of other
/// stacks, nested ones and conditions, and may double what they refer to at each step: both end here.
/// </summary>
internal sealed class Evaluation
{
    // No honest value is nested as deep, or made of as many parts.
    private const int Deepest = 64;
    private const int MostSteps = 10_000;

    private int depth;
    private int steps;

    /// <summary>What a value in a circle comes to.</summary>
    public static Resolved Circle { get; } = Resolved.Unknown("the template refers to itself in a circle");

    /// <summary>Works out one part.</summary>
    /// <param name="work">Works it out, with steps of its own.</param>
    /// <param name="otherwise">The result where there have been too many steps.</param>
    public T Step<T>(Func<T> work, T otherwise)
    {
        if (depth == Deepest || steps == MostSteps)
        {
            return otherwise;
        }

        depth++;
        steps++;
        try
        {
            return work();
        }
        finally
        {
            depth--;
        }
    }
}
