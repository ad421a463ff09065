namespace Lading.Shipping;

/// <summary>What publishing would do.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Uncommitted">The images with inputs that differ from <c>HEAD</c> and are not in it.</param>
internal sealed record PlanOutcome(ShippingPlan Plan, IReadOnlyList<string> Uncommitted);
