# SPDX-License-Identifier: Apache-2.0
# Speed beside OpenSSL with prepared keys, one group of bars for each row. Variables: data, output, width.
set terminal svg size width,760 font "sans-serif,12" background "white"
set output output
set datafile separator tab
set style data histogram
set style histogram clustered gap 1
set style fill solid 0.9 border -1
set boxwidth 0.9
set logscale y 2
set grid ytics lc rgb "#cccccc"
set ylabel "speed, OpenSSL = 1 (higher is better)"
set xtics rotate by 45 right
set bmargin 12
set key top left
plot data using 2:xtic(1) title "psacrypto" lc rgb "#1b6ca8", \
     "" using 3 title "OpenSSL with key setup" lc rgb "#bbbbbb", \
     "" using 4 title "Mbed TLS" lc rgb "#e08e45"
