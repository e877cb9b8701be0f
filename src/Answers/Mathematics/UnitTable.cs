namespace NaturalThoughts.Answers.Mathematics;

/// <summary>The units of measure: key, size in base units as a fraction, base units with their powers, further names.</summary>
internal static class UnitTable
{
    /// <summary>
    /// One unit a line. Sizes are exact: the inch of 1959, the pound of 1959, the US gallon of 231 cubic inches. A month is a twelfth of a year;
    /// neither is a number of days. Degrees are left out: their size holds pi.
    /// </summary>
    public const string Lines = """
        m 1 m:1 meter meters metre metres
        km 1000 m:1 kilometer kilometers kilometre kilometres kms
        cm 1/100 m:1 centimeter centimeters centimetre centimetres cms
        mm 1/1000 m:1 millimeter millimeters millimetre millimetres
        dm 1/10 m:1 decimeter decimeters decimetre decimetres
        nm 1/1000000000 m:1 nanometer nanometers nanometre nanometres
        in 127/5000 m:1 inch inches
        ft 381/1250 m:1 foot feet
        yd 1143/1250 m:1 yard yards yds
        mi 201168/125 m:1 mile miles
        g 1/1000 kg:1 gram grams gm
        kg 1 kg:1 kilogram kilograms kgs kilo kilos
        mg 1/1000000 kg:1 milligram milligrams
        t 1000 kg:1 tonne tonnes
        ton 90718474/100000 kg:1 tons
        lb 45359237/100000000 kg:1 lbs pound pounds
        oz 45359237/1600000000 kg:1 ounce ounces
        s 1 s:1 sec secs second seconds
        ms 1/1000 s:1 millisecond milliseconds
        min 60 s:1 mins minute minutes
        h 3600 s:1 hr hrs hour hours
        day 86400 s:1 days
        week 604800 s:1 weeks
        month 1/12 year:1 months
        year 1 year:1 years yr yrs
        mph 1397/3125 m:1,s:-1
        kph 5/18 m:1,s:-1 kmh kmph
        L 1/1000 m:3 l liter liters litre litres
        mL 1/1000000 m:3 ml milliliter milliliters millilitre millilitres cc
        gal 473176473/125000000000 m:3 gallon gallons
        quart 473176473/500000000000 m:3 quarts qt
        pint 473176473/1000000000000 m:3 pints pt
        cup 473176473/2000000000000 m:3 cups
        acre 316160658/78125 m:2 acres
        ha 10000 m:2 hectare hectares
        $ 1 dollar:1 dollar dollars USD usd bucks
        cent 1/100 dollar:1 cents ¢
        € 1 euro:1 euro euros EUR
        £ 1 sterling:1 GBP
        ¥ 1 yen:1 yen JPY
        ₹ 1 rupee:1 rupee rupees INR
        % 1/100 - percent pct percentage
        rad 1 - radian radians rads
        dozen 12 - dozens
        N 1 kg:1,m:1,s:-2 newton newtons
        kN 1000 kg:1,m:1,s:-2
        J 1 kg:1,m:2,s:-2 joule joules
        kJ 1000 kg:1,m:2,s:-2 kilojoule kilojoules
        cal 523/125 kg:1,m:2,s:-2 calorie calories
        kcal 4184 kg:1,m:2,s:-2 kilocalorie kilocalories
        eV 1 electronvolt:1
        kWh 3600000 kg:1,m:2,s:-2
        W 1 kg:1,m:2,s:-3 watt watts
        kW 1000 kg:1,m:2,s:-3 kilowatt kilowatts
        MW 1000000 kg:1,m:2,s:-3 megawatt megawatts
        hp 1 horsepower:1 horsepower
        Pa 1 kg:1,m:-1,s:-2 pascal pascals
        kPa 1000 kg:1,m:-1,s:-2
        MPa 1000000 kg:1,m:-1,s:-2
        atm 101325 kg:1,m:-1,s:-2 atmosphere atmospheres
        Hz 1 s:-1 hertz
        kHz 1000 s:-1 kilohertz
        MHz 1000000 s:-1 megahertz
        GHz 1000000000 s:-1 gigahertz
        A 1 A:1 amp amps ampere amperes
        mA 1/1000 A:1 milliamp milliamps
        V 1 kg:1,m:2,s:-3,A:-1 volt volts
        kV 1000 kg:1,m:2,s:-3,A:-1
        mV 1/1000 kg:1,m:2,s:-3,A:-1
        Ω 1 kg:1,m:2,s:-3,A:-2 ohm ohms Omega
        T 1 kg:1,s:-2,A:-1 tesla teslas
        K 1 K:1 kelvin kelvins
        °C 1 celsius:1 celsius Celsius
        °F 1 fahrenheit:1 fahrenheit Fahrenheit
        mol 1 mol:1 mole moles mols
        mmol 1/1000 mol:1
        bit 1 bit:1 bits
        byte 8 bit:1 bytes
        ' 1/60 °:1 arcmin arcminute arcminutes
        '' 1/3600 °:1 arcsec arcsecond arcseconds
        ° 1 °:1 degree degrees deg
        unit 1 - units
        """;
}
